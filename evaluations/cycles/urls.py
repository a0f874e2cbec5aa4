"""Addresses of this part of the case file."""

from django.urls import path

from evaluations.cycles import views

urlpatterns = [
    path("siklus/baru/", views.begin, name="cycle_new"),
    path("siklus/<slug:code>/pengaturan/", views.change, name="cycle_settings"),
]
