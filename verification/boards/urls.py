"""Addresses of the boards."""

from django.urls import URLPattern, path

from verification.boards import views

urlpatterns: list[URLPattern] = [
    path("papan/", views.board, name="board"),
    path("papan/beban/", views.loads, name="loads"),
    path("papan/nilai/", views.losses_page, name="losses"),
    path("papan/unduh/papan.xlsx", views.download, {"form": "xlsx"}, name="board_xlsx"),
    path("papan/unduh/papan.csv", views.download, {"form": "csv"}, name="board_csv"),
]
