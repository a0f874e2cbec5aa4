"""PROMISES: work promised in the transaction that needs it, run later, surely and visibly."""
