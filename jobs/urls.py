"""Addresses of this room."""

from django.urls import path

from jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.status, name="status"),
    path("<int:pk>/coba-lagi/", views.retry, name="retry"),
]
