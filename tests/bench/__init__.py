"""`make bench`: what the portal's work costs beside the least it could cost on the same machine, in the same run."""
