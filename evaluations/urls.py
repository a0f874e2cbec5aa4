"""Addresses of the case file."""

from django.urls import URLPattern, URLResolver, include, path

from evaluations.views import answering, lists, pages

app_name = "evaluations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", lists.index, name="index"),
    path("mulai/<slug:code>/", lists.open_cycle, name="open"),
    path("<int:pk>/", pages.overview, name="overview"),
    path("<int:pk>/klaster/<str:code>/", pages.cluster, name="cluster"),
    path("<int:pk>/pertanyaan/<str:code>/", pages.question, name="question"),
    path("<int:pk>/pertanyaan/<str:code>/simpan/", answering.save, name="save"),
    path("", include("evaluations.evidence.urls")),
    path("", include("evaluations.evidence.arrivals.urls")),
    path("", include("evaluations.worklist.urls")),
    path("", include("evaluations.mending.urls")),
    path("", include("evaluations.discussion.urls")),
    path("", include("evaluations.matrices.urls")),
    path("", include("evaluations.places.urls")),
    path("", include("evaluations.workbooks.urls")),
    path("", include("evaluations.duties.urls")),
    path("", include("evaluations.cycles.urls")),
    path("", include("evaluations.deadlines.urls")),
    path("", include("evaluations.sending.urls")),
    path("", include("evaluations.carryover.urls")),
]
