"""Addresses of this part of the room."""

from django.urls import URLPattern, URLResolver, path

from verification.clarifications import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:pk>/pertanyaan/<str:code>/klarifikasi/", views.index, name="clarifications"),
    path("<int:pk>/pertanyaan/<str:code>/klarifikasi/tanya/", views.ask, name="clarify"),
    path("<int:pk>/klarifikasi/<int:thread_pk>/jawab/", views.reply, name="answer_clarification"),
    path("<int:pk>/klarifikasi/<int:thread_pk>/selesai/", views.settle, name="settle_clarification"),
]
