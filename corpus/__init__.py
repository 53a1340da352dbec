"""What the data is: content kinds, readers, checks, formats. No Django, no network."""

#: Of Concord; every release names the version that wrote it.
VERSION = "0.1.0"
