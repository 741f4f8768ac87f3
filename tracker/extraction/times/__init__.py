"""Days that a text names, and when each event happened."""
