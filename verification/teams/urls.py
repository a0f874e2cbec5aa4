"""Addresses of this part of the room."""

from django.urls import path

from verification.teams import views

urlpatterns = [
    path("benturan/", views.conflicts, name="conflicts"),
    path("benturan/<int:conflict_pk>/cabut/", views.withdraw_conflict, name="withdraw_conflict"),
]
