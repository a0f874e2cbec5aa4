"""Starts the child process that reads files of strangers, with limits on time, memory and what it may write."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of processor time; bytes of address space and of the largest file it may write."""

    cpu_seconds: int
    memory: int
    file_size: int

    @property
    def wall_seconds(self) -> int:
        """A busy machine may take longer than the processor time, a hanging child may not."""
        return self.cpu_seconds * 2 + 5


CHECKING = Limits(cpu_seconds=10, memory=768 * MEBIBYTE, file_size=0)
READING = Limits(cpu_seconds=20, memory=1024 * MEBIBYTE, file_size=0)
DRAWING = Limits(cpu_seconds=12, memory=1024 * MEBIBYTE, file_size=8 * MEBIBYTE)


class ChildRefused(Exception):
    """The parser said no; `code` names the sentence."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def run(task: str, *arguments: str, limits: Limits) -> dict[str, Any]:
    """What the child found. Raises `ChildRefused`, with "too_heavy" when a limit or a crash ended it."""
    bounds = f"{limits.cpu_seconds},{limits.memory},{limits.file_size}"
    command = [sys.executable, "-m", "evaluations.evidence.child", task, bounds, *arguments]
    try:
        done = subprocess.run(  # noqa: S603  # fixed words and paths of our own making
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
            cwd=settings.BASE_DIR,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": str(settings.BASE_DIR), "PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired:
        raise ChildRefused("too_heavy") from None
    if done.returncode != 0 or not done.stdout:
        raise ChildRefused("too_heavy")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise ChildRefused(answer["refused"], answer.get("detail", ""))
    found: dict[str, Any] = answer["found"]
    return found
