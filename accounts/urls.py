"""Addresses of this room that are the portal's own; those of allauth that people need are in `login_urls`."""

from django.urls import path

from accounts import views
from accounts.journal import views as journal
from accounts.offices import views as offices
from accounts.roster import views as roster

app_name = "accounts"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("masih-di-sini/", views.here, name="here"),
    path("surel/", views.own_email, name="own_email"),
    path("surel/ringkasan/", views.switch_digest, name="switch_digest"),
    path("sesi-lain/", views.end_other_sessions, name="end_other_sessions"),
    path("tautan/<str:secret>/", views.first_login, name="first_login"),
    path("pengguna/", views.users, name="users"),
    path("pengguna/baru/", views.user_new, name="user_new"),
    path("pengguna/impor/", roster.upload, name="roster"),
    path("pengguna/impor/contoh/", roster.example, name="roster_example"),
    path("pengguna/impor/simpan/", roster.confirm, name="roster_confirm"),
    path("pengguna/tautan/", views.links, name="links"),
    path("pengguna/<int:pk>/", views.user, name="user"),
    path("pengguna/<int:pk>/surel/", views.user_email, name="user_email"),
    path("pengguna/<int:pk>/tautan/", views.user_link, name="user_link"),
    path("pengguna/<int:pk>/status/", views.user_switch, name="user_switch"),
    path("perangkat-daerah/", offices.index, name="offices"),
    path("perangkat-daerah/<str:region>/", offices.offices, name="offices_of"),
    path("perangkat-daerah/<str:region>/baru/", offices.new, name="office_new"),
    path("perangkat-daerah/<str:region>/<int:pk>/", offices.office, name="office"),
    path("perangkat-daerah/<str:region>/<int:pk>/hapus/", offices.retire, name="office_retire"),
    path("jejak/", journal.audit, name="audit"),
    path("jejak/unduh/", journal.export, name="audit_export"),
]
