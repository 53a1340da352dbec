"""The demonstration project: pictures, English sources and candidates of known quality."""
