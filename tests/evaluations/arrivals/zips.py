"""ZIPs made on the spot, honest and otherwise: each bad one with what must become of it."""

import io
import stat
import zipfile

from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.bad_files import random_bytes


def packed(*members, compression=zipfile.ZIP_DEFLATED):
    """A ZIP of (name, bytes) in order; a name may be a `ZipInfo`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members:
            given = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            archive.writestr(given, content, compression)
    return out.getvalue()


def pdf(number):
    """Documents that differ."""
    return good_files.pdf(number % 40 + 1) + f"\n%{number}\n".encode()


def photo(number):
    """Pictures that differ."""
    return good_files.picture(size=(300 + number, 200))


def link():
    """A member that is a symbolic link to the secret key."""
    member = zipfile.ZipInfo("kunci.pdf")
    member.create_system, member.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return member


def encrypted():
    """Two members, the second one claims a password."""
    content = bytearray(packed(("a.pdf", pdf(1)), ("b.pdf", pdf(2))))
    second = content.rindex(b"PK\x01\x02")
    content[second + 8] |= 1
    return bytes(content)


def lying(claimed):
    """A member whose directory entry claims another size than it has."""
    content = bytearray(packed(("a.pdf", pdf(1)), ("b.pdf", random_bytes(50_000))))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = claimed.to_bytes(4, "little")
    return bytes(content)


def overlapping():
    """Two directory entries for the same bytes."""
    content = bytearray(packed(("a.pdf", pdf(1)), ("b.pdf", pdf(2))))
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = (0).to_bytes(4, "little")
    return bytes(content)


def unknown_method():
    """A member squeezed in a way that does not exist."""
    content = bytearray(packed(("a.pdf", pdf(1))))
    for mark, at in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        place = content.rindex(mark) + at
        content[place : place + 2] = (77).to_bytes(2, "little")
    return bytes(content)


def swollen(members, claimed):
    """Small members that claim to be large."""
    content = bytearray(packed(*((f"{n}.pdf", random_bytes(2000)) for n in range(members))))
    at = -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        content[at + 24 : at + 28] = claimed.to_bytes(4, "little")
    return bytes(content)


# name -> (ZIP, sentence of `MEMBERS` for the member that is not taken); "a.pdf" beside it is always taken
MEMBERS = {
    "path up": (lambda: packed(("../../a.pdf", pdf(2)), ("a.pdf", pdf(1))), "member_path"),
    "path up, windows": (lambda: packed(("x\\..\\..\\b.pdf", pdf(2)), ("a.pdf", pdf(1))), "member_path"),
    "absolute": (lambda: packed(("/etc/b.pdf", pdf(2)), ("a.pdf", pdf(1))), "member_path"),
    "drive": (lambda: packed(("C:\\b.pdf", pdf(2)), ("a.pdf", pdf(1))), "member_path"),
    "link": (lambda: packed((link(), b"/etc/passwd"), ("a.pdf", pdf(1))), "member_special"),
    "encrypted": (lambda: encrypted(), "member_encrypted"),
    "nested by name": (lambda: packed(("dalam.zip", packed(("x.pdf", pdf(2)))), ("a.pdf", pdf(1))), "member_nested"),
    "nested by content": (lambda: packed(("b.pdf", packed(("x.pdf", pdf(2)))), ("a.pdf", pdf(1))), "member_nested"),
    "empty member": (lambda: packed(("b.pdf", b""), ("a.pdf", pdf(1))), "member_empty"),
    "ratio": (lambda: packed(("b.pdf", bytes(20 * 1024 * 1024)), ("a.pdf", pdf(1))), "member_bomb"),
    "too large": (lambda: packed(("b.pdf", bytes(26 * 1024 * 1024)), ("a.pdf", pdf(1))), "member_large"),
    "claims less": (lambda: lying(100), "member_broken"),
    "claims more": (lambda: lying(90_000), "member_broken"),
}
WHOLE = {
    "not a zip": (lambda: b"PK\x03\x04" + bytes(3000), "archive_broken"),
    "cut off": (lambda: packed(("a.pdf", pdf(1)))[:-40], "archive_broken"),
    "empty": (lambda: packed(), "archive_empty"),
    "only folders and junk": (
        lambda: packed(("x/", b""), ("__MACOSX/._a", b"x"), ("Thumbs.db", b"x")),
        "archive_empty",
    ),
    "10,000 entries": (lambda: packed(*((f"{n}.pdf", b"") for n in range(10_000))), "archive_entries"),
    "201 documents": (lambda: packed(*((f"{n}.pdf", b"x") for n in range(201))), "archive_many"),
    "400 MB inside": (lambda: swollen(17, 24 * 1024 * 1024), "archive_inside"),
    "overlapping": (lambda: overlapping(), "archive_bomb"),
    "rar": (lambda: b"Rar!\x1a\x07\x00" + bytes(200), "archive_foreign"),
}
