"""What writes claims and incidents."""
