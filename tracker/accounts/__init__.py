"""People, organisations, roles, invitations and partner API keys."""
