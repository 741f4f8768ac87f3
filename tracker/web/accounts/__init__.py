"""Signing in, and what concerns one's own person."""
