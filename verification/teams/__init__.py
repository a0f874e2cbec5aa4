"""Who judges together: conflicts of interest, and sharing a province's regions out evenly."""
