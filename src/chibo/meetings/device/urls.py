"""Paths that devices ask, under /cuoc-hop/<id>/phong/."""

from django.urls import URLPattern, URLResolver, path

from chibo.meetings.device import pack, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("goi/", pack.pack, name="device-pack"),
    path("may/", views.devices, name="room-devices"),
    path("may/<uuid:device>/", views.device, name="room-device"),
    path("nhat-ky/", views.log_of, name="room-log"),
]
