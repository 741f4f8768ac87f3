"""What reads these tables."""
