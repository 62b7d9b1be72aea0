"""Paths of the room on a device: open to all, since there is nothing in them."""

from django.urls import URLPattern, URLResolver, path

from chibo.meetings.device import shell

urlpatterns: list[URLPattern | URLResolver] = [
    path("", shell.page, name="device-shell"),
    path("sw.js", shell.worker, name="device-worker"),
    path("kich-ban.json", shell.scripts, name="device-scripts"),
    path("phong-hop.webmanifest", shell.manifest, name="device-manifest"),
]
