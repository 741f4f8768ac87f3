"""Measurements with their limits; ``manage.py benchmark NAME`` runs one."""
