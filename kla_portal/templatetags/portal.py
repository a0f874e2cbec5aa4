"""Filters for numbers as Indonesians write them."""

from django import template
register = template.Library()
