"""Documents made here and now, and what stands in their files."""

import io

from pypdf import PdfReader

from jobs.kinds import find
from reports import actions, storing
from reports.models import Document
from tests.factories import NOW, make_user


def own_files(settings, tmp_path):
    """Every test writes into a folder of its own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }


def make(kind, format="pdf", *, by=None, at=NOW, **about):
    """Ask for a document and let its job run here."""
    by = by or make_user("ADMIN")
    document = actions.request_document(kind=kind, format=format, by=by, at=at, **about)
    find("render").work(document_id=document.pk, by_id=by.pk)
    return Document.objects.get(pk=document.pk)


def read(document):
    """The file's bytes."""
    with storing.default_storage.open(document.stored_as, "rb") as file:
        return file.read()


def words_of(document):
    """The text of a PDF with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(read(document))).pages).split())
