"""What may leave the house, as pure functions."""
