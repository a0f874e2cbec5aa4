"""CASE FILE: what one region claims and proves in one cycle."""
