"""Answers that travel as spreadsheets: out with an office, back through a preview, all or nothing."""
