"""Doors for files on their way in."""
