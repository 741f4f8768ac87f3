"""Bytes to text: parsers by kind of content; pages are read in a child process with limits."""
