"""Addresses of evidence, inside the namespace of the case file."""

from django.urls import path

from evaluations.evidence.views import changes, describing, files, pages

_ANSWER = "<int:pk>/pertanyaan/<str:code>/bukti/"
_ONE = "<int:pk>/bukti/<int:evidence_pk>/"

urlpatterns = [
    path(_ANSWER, changes.attach, name="attach"),
    path(f"{_ANSWER}tautan/", changes.attach_link, name="attach_link"),
    path(f"{_ANSWER}pustaka/", changes.attach_existing, name="attach_existing"),
    path(f"{_ANSWER}daftar/", pages.uses, name="evidence_uses"),
    path(f"{_ANSWER}<int:evidence_pk>/lepas/", changes.detach, name="detach"),
    path(f"{_ANSWER}<int:evidence_pk>/cakupan/", describing.place, name="place_evidence"),
    path(f"{_ANSWER}<int:evidence_pk>/masih-berlaku/", describing.still_valid, name="still_valid"),
    path("<int:pk>/bukti/", pages.library, name="library"),
    path(_ONE, pages.viewer, name="evidence"),
    path(f"{_ONE}halaman/<int:number>/", files.page, name="evidence_page"),
    path(f"{_ONE}kecil/", files.thumbnail, name="evidence_thumbnail"),
    path(f"{_ONE}lembar/<int:first>/", pages.sheet, name="evidence_sheet"),
    path(f"{_ONE}lembar/<int:first>/siapkan/", pages.prepare, name="prepare_pages"),
    path(f"{_ONE}unduh/", files.download, name="download"),
    path(f"{_ONE}ganti/", changes.replace, name="replace_evidence"),
    path(f"{_ONE}rincian/", describing.details, name="evidence_details"),
    path(f"{_ONE}peringatan/<str:warning>/", describing.answer_warning, name="answer_warning"),
    path(f"{_ONE}tautan/", pages.leave, name="leave"),
]
