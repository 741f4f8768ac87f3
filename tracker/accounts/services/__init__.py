"""What writes accounts."""
