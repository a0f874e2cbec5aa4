"""What is asked of a person: their questions with states, filters and one counter that every page shows."""
