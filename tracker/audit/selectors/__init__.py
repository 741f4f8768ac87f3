"""What reads the audit log."""
