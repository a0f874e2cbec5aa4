"""What a house sets for its papers: letterhead, wording, Word templates; pages, forms and writes."""
