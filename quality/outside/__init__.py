"""Agreement of ratings that no project holds: a file in, the same report out."""
