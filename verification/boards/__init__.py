"""Regions side by side for those who judge them: settled rows only, never answers."""
