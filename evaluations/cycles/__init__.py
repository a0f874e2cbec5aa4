"""What a cycle is made of: its instrument, its stages, its hours of repair; set by the administrator."""
