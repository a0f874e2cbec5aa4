"""Harmless names: what a file is called on pages and in downloads; on disk only its fingerprint counts."""

import re
import unicodedata
from urllib.parse import quote

MOST_LETTERS = 120
MOST_BYTES = 200  # with the extension this stays below every file system's 255

_ENDINGS = re.compile(
    r"\.(pdf|jpe?g|png|webp|docx?|docm|xlsx?|xlsm|csv|html?|svg|exe|bat|cmd|com|scr|js|php|sh|zip|txt)$", re.IGNORECASE
)
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
_AWKWARD = re.compile(r'["<>:|?*\\/%;\u2044\u2215\uff0f\uff3c]+')


def stem(name: str) -> str:
    """The readable part of a client's file name: no path, no control or direction marks, no endings."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(letter for letter in name if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    name = " ".join(_AWKWARD.sub(" ", name).split()).strip(". ")
    while _ENDINGS.search(name):
        name = _ENDINGS.sub("", name).rstrip(". ")
    name = _shortened(name)
    if _DEVICES.match(name.split(".")[0]):
        name = f"berkas {name}"
    return name or "dokumen"


def harmless(name: str, extension: str) -> str:
    """`../../sk.pdf.exe` that holds a PDF becomes `sk.pdf`: the ending is ours, by content."""
    return f"{stem(name)}.{extension}"


def disposition(name: str) -> str:
    """`Content-Disposition` after RFC 6266: plain letters for old clients, the exact name beside it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", plain)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _shortened(name: str) -> str:
    name = name[:MOST_LETTERS]
    while len(name.encode()) > MOST_BYTES:
        name = name[:-1]
    return name.rstrip(". ")
