"""Addresses of this part of the case file."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
