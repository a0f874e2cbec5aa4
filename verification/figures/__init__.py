"""Figures from outside that stand in for the portal's own sums: entered with a source, said wherever they show."""
