"""Names and links of strangers, made harmless."""

import unicodedata

import pytest

from evaluations.evidence import links, names
from evaluations.evidence.sentences import EvidenceRefused


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("SK Gugus Tugas 2024.pdf", "SK Gugus Tugas 2024.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("/var/www/x.pdf", "x.pdf"),
        ("C:\\Users\\a\\x.pdf", "x.pdf"),
        ("C:x.pdf", "C x.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\r\nX-Evil: 1.pdf", "aX-Evil 1.pdf"),
        ('a";filename="b.exe.pdf', "a filename= b.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("....", "dokumen.pdf"),
        ("con.pdf", "berkas con.pdf"),
        ("LPT1.tar.pdf", "berkas LPT1.tar.pdf"),
        ("sk .pdf . ", "sk.pdf"),
        ("a.pdf.html", "a.pdf"),
        ("a.exe", "a.pdf"),
        ("", "dokumen.pdf"),
        ("Perda No. 5.docx", "Perda No. 5.pdf"),
        ("foto \U0001f600.jpg", "foto \U0001f600.pdf"),
        (unicodedata.normalize("NFD", "Kaf\u00e9.pdf"), "Kaf\u00e9.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_harmless_keeps_what_people_read_and_nothing_else(name, shown):
    assert names.harmless(name, "pdf") == shown


def test_harmless_fits_every_file_system_in_bytes():
    assert len(names.harmless("\u4f60" * 300, "docx").encode()) <= 205


@pytest.mark.parametrize(
    ("name", "plain", "exact"),
    [
        ("SK 2024.pdf", "SK 2024.pdf", "SK%202024.pdf"),
        ("Kafé.pdf", "Kafe.pdf", "Kaf%C3%A9.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "a_b__Set-Cookie_ x.pdf", "a%22b%0D%0ASet-Cookie%3A%20x.pdf"),
    ],
)
def test_disposition_is_one_line_of_plain_letters(name, plain, exact):
    assert names.disposition(name) == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}"


@pytest.mark.parametrize(
    ("address", "stored"),
    [
        ("https://kla.go.id/sk.pdf", "https://kla.go.id/sk.pdf"),
        (" https://kla.go.id ", "https://kla.go.id"),
        ("HTTPS://Drive.Google.com:443/a?b=c#d", "https://drive.google.com/a?b=c#d"),
        ("https://kla.go.id./a", "https://kla.go.id/a"),
        ("https://kla.go.id/berkas é", None),
        ("https://kla.go.id/berkas/é", "https://kla.go.id/berkas/%C3%A9"),
        ("https://kla.go.id/a%20b", "https://kla.go.id/a%20b"),
        ("https://go\u043egle.com/a", "https://xn--gogle-kye.com/a"),
        ('https://kla.go.id/"><script>', "https://kla.go.id/%22%3E%3Cscript%3E"),
    ],
)
def test_plain_stores_a_link_as_it_really_reads(address, stored):
    if stored is None:
        with pytest.raises(EvidenceRefused):
            links.plain(address)
    else:
        assert links.plain(address) == stored


@pytest.mark.parametrize(
    ("address", "code"),
    [
        *((f"https://{host}/", "link_inside") for host in (
            "127.1", "127.0.0.1", "0x7f000001", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "localhost",
            "localhost.", "a.localhost", "169.254.169.254", "10.1.2.3", "192.168.1.1", "100.64.0.1", "0.0.0.0", "0",
            "server", "portal.local", "x.internal", "1.1.168.192.in-addr.arpa", "127。0。0。1",
        )),
        *((address, "link_not_https") for address in (
            "http://kla.go.id/", "file:///etc/passwd", "gopher://kla.go.id/", "data:text/html,x", "javascript:alert(1)",
            "//kla.go.id/", "kla.go.id", "https:kla.go.id", "https:///kla.go.id", "",
        )),
        *((address, "link_odd") for address in (
            "java\tscript:alert(1)", "https://kla.go.id/\r\nX: 1", "https://kla.go.id\\@evil.id/", "https://a b.id/",
            "https://[::1", "https://kla_go.id/", "https://-a.id/", "https://kla.go.id:x/",
        )),
        ("https://admin:sandi@kla.go.id/", "link_user"),
        ("https://kla.go.id@evil.id/", "link_user"),
        ("https://kla.go.id:22/", "link_port"),
        ("https://kla.go.id/" + "a" * 500, "link_long"),
    ],
)  # fmt: skip
def test_plain_refuses_what_leads_inside_or_astray(address, code):
    with pytest.raises(EvidenceRefused) as refused:
        links.plain(address)

    assert refused.value.code == code
