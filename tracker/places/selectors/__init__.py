"""What is known of places, for whoever compares or extracts."""
