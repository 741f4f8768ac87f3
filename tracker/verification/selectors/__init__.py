"""What reads review tasks."""
