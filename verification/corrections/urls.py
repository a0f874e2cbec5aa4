"""Addresses of this part of the room."""

from django.urls import URLPattern, URLResolver, path

from verification.corrections import figure_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:pk>/koreksi/", views.index, name="corrections"),
    path("<int:pk>/koreksi/<int:correction_pk>/dokumen/", views.document, name="correction_document"),
    path("<int:pk>/koreksi/angka/<str:code>/", figure_views.correct, name="correct_figure"),
    path("<int:pk>/koreksi/<str:stage>/<str:code>/", views.correct, name="correct"),
]
