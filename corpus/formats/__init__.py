"""One writer per release format: accepted items in order -> files, always the same."""
