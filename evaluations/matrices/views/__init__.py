"""Doors of tables."""
