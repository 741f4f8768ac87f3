"""Figures of people with their harm and group: from numbers to mentions."""
