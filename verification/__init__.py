"""JUDGEMENT: what reviewers find, stage by stage."""
