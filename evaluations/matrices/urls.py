"""Addresses of tables."""

from django.urls import URLPattern, path

from evaluations.matrices.views import bringing, history, table

_TABLE = "<int:pk>/pertanyaan/<str:code>/matriks/"

urlpatterns: list[URLPattern] = [
    path(_TABLE, table.read, name="matrix"),
    path(f"{_TABLE}simpan/", table.save, name="save_matrix"),
    path(f"{_TABLE}tempel/", bringing.paste, name="paste_matrix"),
    path(f"{_TABLE}berkas/", bringing.upload, name="upload_matrix"),
    path(f"{_TABLE}contoh.xlsx", bringing.template, name="matrix_template"),
    path(f"{_TABLE}riwayat/<int:version>/", history.read, name="matrix_version"),
    path(f"{_TABLE}riwayat/<int:version>/pulihkan/", history.restore, name="restore_matrix"),
]
