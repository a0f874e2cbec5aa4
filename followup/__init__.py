"""WHAT NOW: what a region agrees to do about what reviewers found. Knows no scores of its own."""
