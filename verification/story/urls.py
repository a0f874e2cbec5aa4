"""Addresses of this part of the room."""

from django.urls import path

from verification.story import views

urlpatterns = [path("<int:pk>/pertanyaan/<str:code>/kisah/", views.show, name="story")]
