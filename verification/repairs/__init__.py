"""What was returned after sending: hours to mend it, who is told, what is still open when a stage shall close."""
