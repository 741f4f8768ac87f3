"""What writes the audit log."""
