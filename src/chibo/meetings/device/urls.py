"""Paths that devices ask, under /cuoc-hop/<id>/phong/."""

from django.urls import URLPattern, URLResolver, path

from chibo.meetings.device import late_pages, pack, pages, views

# What came too late belongs to the minutes: under /cuoc-hop/<id>/.
late: list[URLPattern | URLResolver] = [
    path("ghi-muon/", late_pages.page, name="late"),
    path("ghi-muon/<uuid:row>/dinh-chinh/", late_pages.correct, name="late-correct"),
    path("ghi-muon/<uuid:row>/bo/", late_pages.put_away, name="late-put-away"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("goi/", pack.pack, name="device-pack"),
    path("may/", views.devices, name="room-devices"),
    path("may/<uuid:device>/", views.device, name="room-device"),
    path("may/<uuid:device>/ngat/", pages.cut_off, name="room-device-cut-off"),
    path("may/<uuid:device>/nhan-lai/", pages.take_back, name="room-device-take-back"),
    path("may/<uuid:device>/xoa/", pages.give_up, name="room-device-give-up"),
    path("ban-sao/", pages.copy, name="room-copy"),
    path("nhat-ky/", views.log_of, name="room-log"),
]
