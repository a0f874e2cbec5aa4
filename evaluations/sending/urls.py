"""Addresses of this part of the case file."""

from django.urls import URLPattern, path

from evaluations.sending import views

urlpatterns: list[URLPattern] = [
    path("<int:pk>/kirim/", views.send, name="send"),
    path("<int:pk>/kirim/persetujuan/", views.approval, name="approval"),
    path("<int:pk>/kirim/setujui/", views.approve, name="approve"),
    path("<int:pk>/kirim/tolak/", views.decline, name="decline"),
    path("<int:pk>/kirim/tarik/", views.withdraw, name="withdraw"),
    path("<int:pk>/kirim/pengaturan/", views.switch, name="switch_approval"),
]
