"""Paths of the hall: under /cuoc-hop/<id>/, and the short one that a QR code holds."""

from django.urls import URLPattern, URLResolver, path

from chibo.meetings.hall import phone, wall

urlpatterns: list[URLPattern | URLResolver] = [
    path("cuoc-hop/<uuid:id>/dang-hop/", phone.during, name="hall"),
    path("cuoc-hop/<uuid:id>/dang-hop/phat-bieu/", phone.speak, name="hall-speak"),
    path("cuoc-hop/<uuid:id>/phong/man-chieu/", wall.wall, name="room-wall"),
    path("cuoc-hop/<uuid:id>/phong/ma-diem-danh/", wall.code, name="room-code"),
    path("diem-danh/<uuid:id>/", phone.check_in, name="check-in"),
]
