"""Paths of ballots on devices: the phone's, the passed device's, and the committee's above that allows them."""

from django.urls import URLPattern, URLResolver, path

from chibo.meetings.urn import allowing, keepers, phone

urlpatterns: list[URLPattern | URLResolver] = [
    path("cuoc-hop/<uuid:id>/dang-hop/bo-phieu/<uuid:ballot>/", phone.ballot, name="hall-ballot"),
    path("cuoc-hop/<uuid:id>/phong/bo-phieu-kin/<uuid:ballot>/chuyen-may/", keepers.passed_round, name="room-passed"),
    path("phieu-kin-tren-may/", allowing.allowing, name="ballots-on-devices"),
]
