"""The instrument as a file: read without trust, checked whole, stored at once or not at all."""

from clusters.instrument_file.faults import Fault, FileRefused
from clusters.instrument_file.loading import LoadReport, Outcome, load

__all__ = ["Fault", "FileRefused", "LoadReport", "Outcome", "load"]
