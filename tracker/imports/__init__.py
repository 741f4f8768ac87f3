"""Spreadsheets of other teams: read, tried, imported as drafts and proposals, undone by batch."""
