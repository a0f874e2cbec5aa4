"""Handing the self-evaluation over: what is weak, who approves, and reopening it."""
