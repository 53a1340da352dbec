"""What the data is: content kinds, readers, checks, formats. No Django, no network."""
