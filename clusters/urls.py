"""Addresses of this room."""

from django.urls import path, register_converter

from clusters import views


class CodeConverter:
    """A code as instrument files may write it: letters, digits, dots; so nothing else ever reaches a query."""

    regex = r"[0-9A-Za-z][0-9A-Za-z.]*"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(CodeConverter, "code")

app_name = "clusters"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:code>/", views.instrument, name="instrument"),
    path("<slug:code>/klaster/<code:cluster_code>/", views.cluster, name="cluster"),
    path("<slug:code>/pertanyaan/<code:question_code>/", views.question, name="question"),
]
