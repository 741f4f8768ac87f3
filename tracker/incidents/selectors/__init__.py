"""What reads claims and incidents."""
