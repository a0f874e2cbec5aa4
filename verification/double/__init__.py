"""The same answers read twice: a sample, a second reader who does not see the first, how far both agree."""
