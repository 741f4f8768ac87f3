"""News, something recalled, or a running total."""
