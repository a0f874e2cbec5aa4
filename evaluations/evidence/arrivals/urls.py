"""Addresses of files on their way in."""

from django.urls import URLPattern, path

from evaluations.evidence.arrivals.views import archives, uploads

_ONE = "<int:pk>/unggahan/<int:upload_pk>/"

urlpatterns: list[URLPattern] = [
    path("<int:pk>/unggahan/", uploads.unfinished, name="uploads"),
    path("<int:pk>/unggahan/mulai/", uploads.start, name="start_upload"),
    path(_ONE, uploads.state, name="upload"),
    path(f"{_ONE}bagian/<int:offset>/", uploads.part, name="upload_part"),
    path(f"{_ONE}selesai/", uploads.finish, name="finish_upload"),
    path(f"{_ONE}batal/", uploads.cancel, name="cancel_upload"),
    path("<int:pk>/bukti/simpan/", archives.keep, name="keep"),
    path("<int:pk>/pertanyaan/<str:code>/bukti/masuk/", archives.arrived, name="arrived"),
    path("<int:pk>/arsip/", archives.index, name="archives"),
    path("<int:pk>/arsip/<int:archive_pk>/", archives.show, name="archive"),
    path("<int:pk>/arsip/<int:archive_pk>/lanjut/", archives.go_on, name="unpack_again"),
]
