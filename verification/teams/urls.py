"""Addresses of this part of the room."""

from django.urls import path

from verification.teams import share_views, views

urlpatterns = [
    path("pembagian/", share_views.share_out, name="share_out"),
    path("benturan/", views.conflicts, name="conflicts"),
    path("benturan/<int:conflict_pk>/cabut/", views.withdraw_conflict, name="withdraw_conflict"),
]
