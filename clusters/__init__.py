"""RULE BOOK: instrument, stages and the pure arithmetic. Knows nothing of any region."""
