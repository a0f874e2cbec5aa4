"""Evidence: what comes in is checked, stored once, drawn as pictures and handed out only to those who may see it."""
