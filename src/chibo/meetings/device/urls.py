"""Paths that devices ask, under /cuoc-hop/<id>/phong/."""

from django.urls import URLPattern, URLResolver, path

from chibo.meetings.device import pack

urlpatterns: list[URLPattern | URLResolver] = [
    path("goi/", pack.pack, name="device-pack"),
]
