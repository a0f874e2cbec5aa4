"""Time: windows that are moved by letter, what is left, what will be done by then, who is reminded."""
