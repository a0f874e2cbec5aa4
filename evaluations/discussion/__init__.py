"""What people say about a question to each other: a thread per answer, with mentions."""
