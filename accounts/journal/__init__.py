"""The page of the trail: who saw, changed and took what and when; narrowed, read on, taken away as a file."""
