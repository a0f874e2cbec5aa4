"""What verifiers mark on a page of evidence, for each other and for the region."""
