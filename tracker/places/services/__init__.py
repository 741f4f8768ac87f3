"""Bring in a list, teach a spelling, withdraw it."""
