"""Links as evidence: taken apart, made plain, never fetched."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from evaluations.evidence.sentences import EvidenceRefused

MOST_LETTERS = 500
_HOST = re.compile(r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$")
_INSIDE = ("localhost", "local", "internal", "intranet", "lan", "home", "arpa", "test", "invalid", "example", "onion")
_NUMBER = re.compile(r"^(\d+|0x[0-9a-f]*)$")
_SAFE = "/%:@!$&'()*+,;=-._~?"


def plain(address: str) -> str:
    """The address with its host in punycode, so that a lookalike name shows itself. Raises `EvidenceRefused`."""
    address = address.strip(" ")
    if len(address) > MOST_LETTERS:
        raise EvidenceRefused("link_long")
    if any(ord(letter) <= 32 or ord(letter) == 127 or letter == "\\" for letter in address):
        raise EvidenceRefused("link_odd")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise EvidenceRefused("link_odd") from None
    if parts.scheme != "https" or not parts.netloc:
        raise EvidenceRefused("link_not_https")
    if "@" in parts.netloc:
        raise EvidenceRefused("link_user")
    if port not in (None, 443):
        raise EvidenceRefused("link_port")
    written = (quote(part, _SAFE) for part in (parts.path, parts.query, parts.fragment))
    made = urlunsplit(("https", _host(parts.hostname or ""), *written))
    if len(made) > MOST_LETTERS:
        raise EvidenceRefused("link_long")
    return made


def host_of(url: str) -> str:
    """The host of a stored link, shown large before somebody follows it."""
    return urlsplit(url).hostname or ""


def _host(name: str) -> str:
    if ":" in name:
        raise EvidenceRefused("link_inside")
    try:
        host = name.rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        raise EvidenceRefused("link_odd") from None
    last = host.rsplit(".", 1)[-1]
    if _NUMBER.match(last) or "." not in host or last in _INSIDE:
        raise EvidenceRefused("link_inside")
    if not _HOST.match(host):
        raise EvidenceRefused("link_odd")
    return host
