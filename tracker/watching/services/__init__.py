"""What writes these tables."""
