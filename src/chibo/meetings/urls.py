"""Paths under /cuoc-hop/: each phase of a meeting keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

from chibo.meetings.device.urls import late

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("chibo.meetings.prepare.urls")),
    path("", include("chibo.meetings.minutes.urls")),
    path("<uuid:id>/phong/", include("chibo.meetings.room.urls")),
    path("<uuid:id>/phong/", include("chibo.meetings.device.urls")),
    path("<uuid:id>/", include(late)),
]
