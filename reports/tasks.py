"""Doors for the worker: a document's file."""

from collections.abc import Callable

from django.utils import timezone

from accounts.models import User
from jobs.kinds import Refused, kind
from reports import actions, making, rules, storing
from reports.models import Document
from reports.word.refusal import TemplateRefused


@kind(
    "render", sentence_on_failure="Dokumen belum dapat dibuat. Tekan Coba lagi; bila berulang, hubungi administrator."
)
def render(*, document_id: int, by_id: int, progress: Callable[[int], object] = lambda percent: None) -> None:
    """Make a document's file and mark its row; a file that is there already is left alone.

    The right of whoever asked is checked again. Killed anywhere, the next attempt starts over and ends the same.
    """
    document = Document.objects.with_case().get(pk=document_id)
    if storing.is_there(document):
        return
    by = User.objects.get(pk=by_id)
    if not rules.can_receive(by, document):
        raise Refused("Yang meminta dokumen ini tidak lagi berhak menerimanya.")
    try:
        made = making.make(document, progress=progress)
    except TemplateRefused as refusal:
        raise Refused(f"Templat Word: {refusal.sentence}") from refusal
    try:
        actions.finish_document(document=document, made=made, by=by, at=timezone.now())
    except actions.Superseded as superseded:
        raise Refused(superseded.sentence) from superseded
