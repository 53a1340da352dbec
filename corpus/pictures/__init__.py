"""Pictures that strangers made: decoded under limits, drawn afresh, in a process apart.

Here lies nothing to import by name, so that the process apart loads Pillow and no more.
"""
