"""What writes published versions."""
