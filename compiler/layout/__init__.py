"""The one canonical layout of program files, and the edits that bring a file into it."""
