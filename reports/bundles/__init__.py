"""A region's evidence as one ZIP, sorted by question, sent while it is read and resumed where it broke off."""
