"""What writes verification."""
