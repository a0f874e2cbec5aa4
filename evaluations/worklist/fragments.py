"""Pieces of a page that change beside the piece that was asked for: how the question stands, and every counter."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from evaluations.standing import Standing
from evaluations.worklist.state_block import Block


def counters(standing: Standing) -> str:
    """The number of open tasks, wherever the page shows it."""
    return render_to_string("evaluations/_counters.jinja", {"count": standing.open_tasks}, using="jinja")


def state(block: Block, standing: Standing, request: HttpRequest) -> str:
    """How the question stands, asked for by itself."""
    return render_to_string("evaluations/worklist/_state.html", {"block": block}, request) + counters(standing)


def state_beside(block: Block, request: HttpRequest) -> str:
    """How the question stands, beside another answer to htmx."""
    return render_to_string("evaluations/worklist/_state.html", {"block": block, "oob": True}, request)
