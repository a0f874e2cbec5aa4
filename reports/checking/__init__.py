"""The public page that tells, for a code alone, whether a paper is genuine, current or superseded."""
