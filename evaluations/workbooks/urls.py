"""Addresses of this part of the case file."""

from django.urls import URLPattern, path

from evaluations.workbooks import recap_views, views

urlpatterns: list[URLPattern] = [
    path("<int:pk>/buku-kerja/", views.index, name="workbooks"),
    path("<int:pk>/buku-kerja/semua/", views.download_all, name="workbook_of_all"),
    path("<int:pk>/buku-kerja/kantor/<int:office_pk>/", views.download, name="workbook"),
    path("<int:pk>/buku-kerja/unggah/", views.upload, name="workbook_upload"),
    path("<int:pk>/buku-kerja/unggahan/<int:import_pk>/", views.preview, name="workbook_import"),
    path("<int:pk>/buku-kerja/unggahan/<int:import_pk>/terapkan/", views.confirm, name="workbook_confirm"),
    path("<int:pk>/buku-kerja/unggahan/<int:import_pk>/buang/", views.discard, name="workbook_discard"),
    path("<int:pk>/buku-kerja/unggahan/<int:import_pk>/kembalikan/", views.undo, name="workbook_undo"),
    path("<int:pk>/rekap-nasional/", recap_views.index, name="recaps"),
    path("<int:pk>/rekap-nasional/xlsx/", recap_views.download, {"form": "xlsx"}, name="recap_xlsx"),
    path("<int:pk>/rekap-nasional/csv/", recap_views.download, {"form": "csv"}, name="recap_csv"),
    path("<int:pk>/rekap-nasional/unggah/", recap_views.upload, name="recap_upload"),
    path("<int:pk>/rekap-nasional/unggahan/<int:import_pk>/", recap_views.preview, name="recap_preview"),
    path("<int:pk>/rekap-nasional/unggahan/<int:import_pk>/terapkan/", recap_views.confirm, name="recap_confirm"),
    path("<int:pk>/rekap-nasional/unggahan/<int:import_pk>/buang/", recap_views.discard, name="recap_discard"),
    path("<int:pk>/rekap-nasional/unggahan/<int:import_pk>/kembalikan/", recap_views.undo, name="recap_undo"),
    path("<int:pk>/unggahan/<int:import_pk>/berkas/", views.file, name="import_file"),
]
