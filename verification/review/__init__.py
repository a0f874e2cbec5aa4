"""The region's own review beside the self-evaluation: what it has seen, what it sends back, what it expects."""
