"""What the last cycle knew of the same question, and taking it over to be checked again."""
