"""Addresses of this room that are the portal's own; those of allauth that people need are in `login_urls`."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("sesi-lain/", views.end_other_sessions, name="end_other_sessions"),
    path("tautan/<str:secret>/", views.first_login, name="first_login"),
    path("pengguna/", views.users, name="users"),
    path("pengguna/baru/", views.user_new, name="user_new"),
    path("pengguna/<int:pk>/", views.user, name="user"),
    path("pengguna/<int:pk>/tautan/", views.user_link, name="user_link"),
    path("pengguna/<int:pk>/status/", views.user_switch, name="user_switch"),
    path("jejak/", views.audit, name="audit"),
]
