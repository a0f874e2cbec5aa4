"""Accepting at once what an indicator still has unjudged, after looking at a list of it."""
