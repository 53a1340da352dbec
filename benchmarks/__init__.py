"""Where claims about speed come from. Each module has a `run()` that prints a ratio."""
