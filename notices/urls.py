"""Addresses of the news."""

from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("", views.index, name="index"),
    path("surel/", views.mails, name="mails"),
    path("surel/<int:pk>/coba-lagi/", views.retry_mail, name="retry_mail"),
    path("dibaca/", views.read_all, name="read_all"),
    path("<int:pk>/", views.follow, name="follow"),
]
