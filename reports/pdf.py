"""Finished HTML to PDF: the only importer of WeasyPrint, run as a process of its own.

The parent hands the page over on standard input and waits; the child knows no Django and no database, may fetch
nothing but `data:` addresses, and is ended by its limits, so that a hostile or endless page costs one failed job and
never a worker. It prints the number of each page it lays out, which is the progress people see.
"""

import logging
import re
import resource
import subprocess  # the child is this very file, its arguments are paths of ours
import sys
import threading
from collections.abc import Callable
from pathlib import Path

TIME_LIMIT = 110  # seconds, below the worker's own limit and the job's lease
MEMORY_LIMIT = 1024 * 1024 * 1024  # address space; about 150 MB of it are used
FILE_LIMIT = 64 * 1024 * 1024
ROOT = Path(__file__).resolve().parent.parent


class RenderFailed(Exception):
    """The engine ended without a PDF: too long, too large, or broken."""


def render(html: str, css: str, target: Path, *, on_page: Callable[[int], None] = lambda page: None) -> int:
    """Write the PDF of `html` to `target` and return its number of pages.

    Raises `RenderFailed`; a half-written target is the caller's to remove.
    """
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "reports.pdf", str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": "0", "PYTHONPATH": ":".join(sys.path)},
    )
    clock = threading.Timer(TIME_LIMIT, child.kill)
    clock.start()
    try:
        pages = _talk(child, f"{css}\0{html}", on_page)
    finally:
        clock.cancel()
        child.kill()
        child.wait()
    if child.returncode != 0:
        raise RenderFailed(f"PDF engine ended with {child.returncode}")
    return pages


def _talk(child: "subprocess.Popen[bytes]", form: str, on_page: Callable[[int], None]) -> int:
    if child.stdin is None or child.stdout is None:
        raise RenderFailed("no pipes")
    try:
        child.stdin.write(form.encode())
        child.stdin.close()
    except BrokenPipeError:  # it died while reading: its exit code tells
        pass
    page = 0
    for line in child.stdout:  # pages as they are laid out, in the end their number
        page = int(line)
        on_page(page)
    child.wait()
    return page


class _PageNumbers(logging.Handler):
    """Turns the engine's "Step 5 - Creating layout - Page 12" into "12" on standard output."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print the page's number, if the message names one."""
        if match := re.search(r"layout - Page (\d+)", record.getMessage()):
            print(match[1], flush=True)


def main(target: str) -> None:
    """The child: limits first, then the engine."""
    resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT, TIME_LIMIT))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_LIMIT, FILE_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    css, _, html = sys.stdin.buffer.read().decode().partition("\0")
    # Importing WeasyPrint takes 0.9 s and 60 MB: only this child pays for it, no web process and no worker.
    from weasyprint import CSS, HTML
    from weasyprint.logger import PROGRESS_LOGGER
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    PROGRESS_LOGGER.addHandler(_PageNumbers())
    PROGRESS_LOGGER.setLevel(logging.INFO)
    fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    fonts = FontConfiguration()
    sheet = CSS(string=css, url_fetcher=fetcher, font_config=fonts)
    document = HTML(string=html, url_fetcher=fetcher).render(
        font_config=fonts, stylesheets=[sheet], pdf_variant="pdf/a-3a"
    )
    document.write_pdf(target, pdf_variant="pdf/a-3a")
    print(len(document.pages), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
