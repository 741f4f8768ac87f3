"""What reads published versions; ``public`` can see nothing else, by construction."""
