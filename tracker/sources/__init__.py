"""Outlets and speakers, what is said of their credibility, captures and articles."""
