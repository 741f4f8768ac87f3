"""Pure readers of what is followed: bytes to entries, without network or database."""
