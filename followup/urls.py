"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from followup import views

app_name = "followup"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:pk>/kertas-kerja/", views.paper, name="paper"),
    path("<int:pk>/kertas-kerja/unduh/", views.download, name="paper_download"),
    path("<int:pk>/kertas-kerja/isi-ulang/", views.refill, name="paper_refill"),
    path("<int:pk>/kertas-kerja/<str:cluster>/<str:code>/", views.row, name="paper_row"),
]
