"""The engine in its child: nothing fetched, nothing endless, equal bytes for equal pages."""

import http.server
import threading

import pikepdf
import pytest

from reports import pdf

pytestmark = pytest.mark.thorough
MARKER = "PENANDA-7f3a"


@pytest.fixture
def server():
    """A server on loopback that notes what is asked of it and would answer everything."""
    asked = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(302 if self.path == "/redirect" else 200)
            if self.path == "/redirect":
                self.send_header("Location", "/secret")
            self.end_headers()
            self.wfile.write(b"p{color:red}")

        def log_message(self, *_):
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_address[1]}", asked
    running.shutdown()


def hostile_page(address, file):
    """Every construct by which a page can reach out, in one."""
    picture = f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{address}/svg' width='9' height='9'/></svg>"
    return (
        f"<html><head><link rel=stylesheet href={address}/link><link rel=attachment href={file.as_uri()}>"
        f"<style>@import url({address}/import);@font-face{{font-family:x;src:url({address}/font)}}p{{font-family:x}}"
        f"</style></head><body><p>isi</p><img src={address}/img><img src={address}/redirect><img src={file.as_uri()}>"
        f'<a rel=attachment href={file.as_uri()}>x</a><img src="data:image/svg+xml,{picture}">'
        f"<svg><image href='{address}/inline' width='9' height='9'/></svg></body></html>"
    )


def contents(path):
    """All bytes a PDF holds, unpacked."""
    with pikepdf.open(path) as book:
        return b"".join(each.read_bytes() for each in book.objects if isinstance(each, pikepdf.Stream))


def test_hostile_page_asks_nobody_and_reads_no_file(server, tmp_path):
    address, asked = server
    secret = tmp_path / "rahasia.txt"
    secret.write_text(MARKER)
    target = tmp_path / "x.pdf"

    pages = pdf.render(hostile_page(address, secret), f"@import url({address}/sheet);", target)

    assert (pages, asked, MARKER.encode() in contents(target)) == (1, [], False)


def test_endless_page_ends_at_the_time_limit(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "TIME_LIMIT", 1)

    with pytest.raises(pdf.RenderFailed):
        pdf.render("<p>isi</p>" * 200_000, "", tmp_path / "x.pdf")


@pytest.mark.services
def test_equal_pages_give_equal_bytes(tmp_path):
    for name in ("a", "b"):
        pdf.render("<html lang=id><title>Uji</title><h1>Uji</h1><p>isi", "h1{color:red}", tmp_path / f"{name}.pdf")

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
