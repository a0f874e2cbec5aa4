"""Which Word template counts for a kind of paper of a house; its file under its own sha256."""

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from reports.houses import House
from reports.models import Document, WordTemplate
from reports.word.samples import sample

KINDS = (Document.Kind.MINUTES, Document.Kind.ADVICE, Document.Kind.LETTER)


@dataclass(frozen=True, slots=True)
class Template:
    """The file and its mark; the portal's own has none."""

    content: bytes
    sha256: str


def stored_for(house: House, kind: str) -> WordTemplate | None:
    """The house's own template, else that of the house above."""
    for each in (house, house.above):
        if each is not None and (found := WordTemplate.objects.filter(kind=kind, **each.keys).first()):
            return found
    return None


def mark_of(house: House, kind: str) -> str:
    """By which a Word file is known to be poured into the template that counts now."""
    found = stored_for(house, kind)
    return found.sha256 if found else ""


def template_for(house: House, kind: str) -> Template:
    """The template that counts now; the portal's own where nobody has uploaded one or its file is gone."""
    found = stored_for(house, kind)
    if found is None or not default_storage.exists(found.stored_as):
        return Template(sample(kind), found.sha256 if found else "")
    with default_storage.open(found.stored_as) as file:
        return Template(file.read(), found.sha256)


def keep(content: bytes) -> tuple[str, str]:
    """Store a template and return its sha256 and its storage name; the same file is stored once."""
    digest = hashlib.sha256(content).hexdigest()
    name = f"templat/{digest}.docx"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(content))
    return digest, name
