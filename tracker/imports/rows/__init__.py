"""What one row says: figures, days, points and words; it is taken whole or refused."""
