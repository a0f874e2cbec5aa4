"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from verification.views import administration, closing, here, judging, recap, reopening

app_name = "verification"
urlpatterns: list[URLPattern | URLResolver] = [
    path("predikat/", administration.award_list, name="awards"),
    path("predikat/catat/", administration.award, name="award"),
    path("", include("verification.teams.urls")),
    path("", include("verification.double.urls")),
    path("", include("verification.notes.urls")),
    path("", include("verification.story.urls")),
    path("", include("verification.phrases.urls")),
    path("", include("verification.bulk.urls")),
    path("", include("verification.boards.urls")),
    path("<int:pk>/", judging.index, name="desk"),
    path("<int:pk>/pertanyaan/<str:code>/", judging.question, name="question"),
    path("<int:pk>/pertanyaan/<str:code>/nilai/", judging.judge, name="judge"),
    path("<int:pk>/pertanyaan/<str:code>/batal/", judging.undo, name="undo"),
    path("<int:pk>/pertanyaan/<str:code>/hadir/", here.presence, name="presence"),
    path("<int:pk>/tutup/", closing.close, name="close"),
    path("<int:pk>/buka-kembali/", reopening.reopen, name="reopen"),
    path("<int:pk>/rekap/", recap.show, name="recap"),
    path("<int:pk>/penugasan/", administration.assign, name="assign"),
]
