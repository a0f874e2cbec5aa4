"""Addresses of this part of the room."""

from django.urls import path

from verification.bulk import views

urlpatterns = [
    path("<int:pk>/klaster/<str:cluster_code>/indikator/<str:code>/terima/", views.accept, name="accept_indicator"),
]
