"""Pages and doors of evidence."""
