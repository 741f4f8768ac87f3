"""What is written, and every way to the sealed values."""
