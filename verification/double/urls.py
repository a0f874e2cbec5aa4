"""Addresses of this part of the room."""

from django.urls import path

from verification.double import views

urlpatterns = [
    path("kesepakatan/", views.compare, name="agreement"),
    path("siklus/<slug:code>/ganda/", views.share, name="double_share"),
    path("<int:pk>/ganda/", views.index, name="double"),
    path("<int:pk>/ganda/<str:code>/", views.read, name="double_read"),
    path("<int:pk>/ganda/<str:code>/putuskan/", views.settle, name="double_settle"),
]
