"""Addresses of this part of the case file."""

from django.urls import URLPattern, path

from evaluations.workbooks import views

urlpatterns: list[URLPattern] = [
    path("<int:pk>/buku-kerja/", views.index, name="workbooks"),
    path("<int:pk>/buku-kerja/semua/", views.download_all, name="workbook_of_all"),
    path("<int:pk>/buku-kerja/kantor/<int:office_pk>/", views.download, name="workbook"),
    path("<int:pk>/buku-kerja/unggah/", views.upload, name="workbook_upload"),
    path("<int:pk>/buku-kerja/unggahan/<int:import_pk>/", views.preview, name="workbook_import"),
    path("<int:pk>/buku-kerja/unggahan/<int:import_pk>/terapkan/", views.confirm, name="workbook_confirm"),
    path("<int:pk>/buku-kerja/unggahan/<int:import_pk>/buang/", views.discard, name="workbook_discard"),
    path("<int:pk>/unggahan/<int:import_pk>/berkas/", views.file, name="import_file"),
]
