"""NEWS: what a person is told, in the page and by mail; knows people and promises, nothing of what it tells."""
