"""Partner REST API: translation only."""
