"""Addresses of this part of the case file."""

from django.urls import path

from evaluations.deadlines import views

urlpatterns = [
    path("siklus/", views.cycles, name="cycles"),
    path("siklus/<slug:code>/", views.cycle, name="cycle"),
    path("siklus/<slug:code>/<str:stage>/", views.move, name="move_deadline"),
]
