"""Two places held side by side."""
