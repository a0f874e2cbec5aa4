"""Many uploads at once against one server, and what that does to the server's memory."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from tests.evaluations.evidence import good_files

MEBIBYTE = 1024 * 1024
UPLOADS, SIZE = 20, 20 * MEBIBYTE
MOST_GROWTH = UPLOADS * 4 * MEBIBYTE  # four MiB for each upload under way


def documents(number=UPLOADS, size=SIZE):
    """PDFs that differ and have that size."""
    for each in range(number):
        head = good_files.pdf(each + 1) + f"\n%{each}".encode()
        yield head + b"x" * (size - len(head) - 1) + b"\n"


def bring_all(senders, evaluation, number=UPLOADS, size=SIZE):
    """Each sender one document, all at once; what was said."""
    work = zip(senders, documents(number, size), range(number), strict=True)
    with ThreadPoolExecutor(number) as pool:
        jobs = [pool.submit(sender.bring, evaluation, content, f"{n}.pdf", "") for sender, content, n in work]
        return [job.result()["sentence"] for job in jobs]


def processes(group):
    """The processes of a server as they are now; children that look into files come later, with limits of their own."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and int(_stat(entry)[2]) == group:
                found.append(entry)
        except OSError:  # ended while we looked
            continue
    return found


def resident(entries):
    """Bytes in memory of these processes."""
    return sum(int(_stat(entry)[21]) * 4096 for entry in entries)


@contextmanager
def watched(group):
    """The memory of the server's own processes before, and its peak meanwhile."""
    own = processes(group)
    seen = SimpleNamespace(before=resident(own), peak=0)
    stop = threading.Event()

    def look():
        while not stop.is_set():
            seen.peak = max(seen.peak, resident(own))
            time.sleep(0.05)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        stop.set()
        watcher.join()


def _stat(entry):
    return (entry / "stat").read_text().rsplit(")", 1)[1].split()
