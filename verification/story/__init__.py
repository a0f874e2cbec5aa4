"""The story of one question: claims, evidence and verdicts of all stages and cycles."""
