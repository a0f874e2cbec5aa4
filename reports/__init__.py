"""PAPER: everything that leaves the portal as a file."""
