"""Pages and doors of judgement."""
