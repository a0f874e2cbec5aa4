"""The child process that reads files of strangers: limits first, then one task, then one line of JSON.

`python -m evaluations.evidence.child TASK LIMITS ARGUMENT...`, started only by `evaluations.evidence.limited`.
No Django, no database, no secrets in the environment, no network.
"""

import ctypes
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from evaluations.evidence.parsers import kinds
from evaluations.evidence.parsers.refusal import Refusal

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def main(task: str, limits: str, *arguments: str) -> int:
    """Run one task under `limits` ("cpu seconds,memory bytes,file bytes") and print what came of it."""
    cpu, memory, file_size = (int(number) for number in limits.split(","))
    _confine(cpu, memory, file_size)
    try:
        answer: dict[str, Any] = {"found": _TASKS[task](*arguments)}
    except Refusal as refusal:
        answer = {"refused": refusal.code, "detail": refusal.detail}
    except MemoryError:
        answer = {"refused": "too_heavy", "detail": ""}
    sys.stdout.write(json.dumps(answer))
    return 0


def _confine(cpu: int, memory: int, file_size: int) -> None:
    os.umask(0o027)
    os.nice(5)  # reading a document never takes the processor from people who save answers
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))  # it starts nobody
    # An own network without a single interface, where the kernel grants one; root keeps its eyes for others' files.
    ctypes.CDLL(None).unshare(_NEW_NETWORK if os.geteuid() == 0 else _NEW_USER | _NEW_NETWORK)


def check(path: str) -> dict[str, Any]:
    """What a file is, how many pages, what to remark. Raises `Refusal`."""
    file = Path(path)
    media_type = kinds.sniff(file)
    if media_type == kinds.PDF:
        from evaluations.evidence.parsers import pdf  # each parser costs start-up time: load the one that is needed

        found = pdf.check(file)
    elif media_type == kinds.ZIP:
        from evaluations.evidence.parsers import office  # as above

        found = office.check(file)
    else:
        from evaluations.evidence.parsers import picture  # as above

        found = picture.check(file, kinds.PICTURES[media_type])
    return {"media_type": media_type, **found}


def _draw(path: str, media_type: str, folder: str, first: str, last: str) -> dict[str, Any]:
    from evaluations.evidence.parsers import drawing  # as above

    return drawing.draw(Path(path), media_type, Path(folder), int(first), int(last))


def _preview(path: str, media_type: str) -> dict[str, Any]:
    from evaluations.evidence.parsers import previews  # as above

    return previews.table(Path(path)) if media_type == kinds.XLSX else previews.text(Path(path))


def _read(path: str, media_type: str) -> dict[str, Any]:
    if media_type in kinds.PICTURES:
        from evaluations.evidence.parsers import photo  # as above

        return photo.read(Path(path), media_type)
    from evaluations.evidence.parsers import words  # as above

    return words.read(Path(path), media_type)


def _list_archive(path: str) -> dict[str, Any]:
    from evaluations.evidence.parsers import archive  # as above

    return archive.entries(Path(path))


def _unpack(path: str, folder: str, positions: str) -> dict[str, Any]:
    from evaluations.evidence.parsers import archive  # as above

    return archive.unpack(Path(path), Path(folder), [int(each) for each in positions.split(",")])


_TASKS: dict[str, Any] = {
    "check": check,
    "draw": _draw,
    "preview": _preview,
    "read": _read,
    "list_archive": _list_archive,
    "unpack": _unpack,
}

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
