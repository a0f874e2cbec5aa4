"""Reusable phrases for notes: kept per reason, one's own and those of the province, the most used first."""
