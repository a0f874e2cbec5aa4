"""What a verifier asks about one answer and what its offices say, in a thread that both sides read."""
