"""Files on their way in: parts that resume where they stopped, archives taken apart."""
