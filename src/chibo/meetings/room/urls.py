"""Paths of the room, under /cuoc-hop/<id>/phong/."""

from django.urls import URLPattern, URLResolver, path

from chibo.meetings.room import (
    addresses,
    ballots,
    closing,
    criticism,
    differing,
    opening,
    openings_page,
    silence,
    speaking,
    talk,
    voting,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", opening.room, name="room"),
    path("mo/", opening.open_, name="room-open"),
    path("thu-ky/", opening.clerk, name="room-clerk"),
    path("diem-danh/", opening.roll, name="room-roll"),
    path("khach/", opening.guest, name="room-guest"),
    path("dang-phi/", opening.fees, name="room-fees"),
    path("hoan-tac/<uuid:entry>/", opening.undo, name="room-undo"),
    path("xem-lai/", opening.look_again, name="room-look"),
    path("lan-mo/", openings_page.page, name="room-openings"),
    path("muc/<uuid:item>/", talk.item, name="room-item"),
    path("muc/<uuid:item>/cach-ghi/", criticism.choose, name="room-keep-as"),
    path("muc/<uuid:item>/tien-do/", talk.progress, name="room-item-progress"),
    path("muc/<uuid:item>/phat-bieu/", speaking.speakers, name="room-speakers"),
    path("muc/<uuid:item>/y-kien-gui/<uuid:opinion>/", talk.read_out, name="room-opinion"),
    path("y-kien/<uuid:remark>/", talk.remark, name="room-remark"),
    path("y-kien-khac/", differing.differing, name="room-differing"),
    path("y-kien-khac/<uuid:differing>/", differing.settle, name="room-differing-settle"),
    path("bo-phieu-kin/", ballots.ballots, name="room-ballots"),
    path("bo-phieu-kin/<uuid:ballot>/", ballots.ballot, name="room-ballot"),
    path("bo-phieu-kin/<uuid:ballot>/phieu/", ballots.papers, name="room-ballot-papers"),
    path("im-lang/", silence.for_the_chair, name="room-silence"),
    path("bieu-quyet/", voting.vote, name="room-vote"),
    path("cham-diem/", addresses.moved, {"key": "cham-diem"}, name="room-scoring"),
    path("ket-thuc/", closing.end, name="room-end"),
    path("hoan/", closing.break_off, name="room-break-off"),
    path("doc-lai/", closing.read_back, name="room-read-back"),
    path("dinh-chinh/", closing.correct, name="room-correct"),
]
