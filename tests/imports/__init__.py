"""Tests of the import of tables."""
