"""Property tests here try the same cases in every run, however slow the machine."""

from hypothesis import settings

settings.register_profile("portal", max_examples=60, deadline=None, derandomize=True, database=None)
settings.load_profile("portal")
