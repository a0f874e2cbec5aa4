"""A browser's side of an upload in parts, step by step."""

import hashlib

PART = 1024 * 1024


def digest(content):
    """What the browser computes."""
    return hashlib.sha256(content).hexdigest()


def begin(client, evaluation, content, name="sk.pdf", code="1.1", **instead):
    """The answer to the announcement of a file."""
    said = {"nama": name, "ukuran": len(content), "sidik": digest(content[:PART]), "soal": code} | instead
    return client.post(f"/evaluasi/{evaluation.pk}/unggahan/mulai/", said)


def send(client, said, content, offset=0, size=PART):
    """One part."""
    part = content[offset : offset + size]
    return client.post(f"{said['parts']}{offset}/", part, content_type="application/octet-stream")


def end(client, said, content):
    """The end."""
    return client.post(said["end"], {"sidik": digest(content)})


def bring(client, evaluation, content, name="sk.pdf", code="1.1"):
    """All of it; the answer to the end."""
    said = begin(client, evaluation, content, name, code).json()
    while said["received"] < len(content):
        said = send(client, said, content, said["received"]).json()
    return end(client, said, content)
