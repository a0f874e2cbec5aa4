"""Offices of a region: what they are called, and looking after them."""
