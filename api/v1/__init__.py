"""Version 1: one small module per resource."""
