"""Pages and doors of the case file."""
