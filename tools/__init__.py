"""Bootstrap and supervisor of the embedded services. Standard library only."""
