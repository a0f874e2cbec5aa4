"""Answers opened again after sending: evidence, tables and notes may be mended until their own second."""
