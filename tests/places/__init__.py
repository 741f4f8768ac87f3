"""Tests of places that people teach."""
