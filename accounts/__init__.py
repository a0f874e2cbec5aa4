"""WHO: provinces, regions, offices, users, and the trail of who did what."""
