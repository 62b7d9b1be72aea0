"""Paths of preparing and announcing a meeting, under /cuoc-hop/."""

from django.urls import URLPattern, URLResolver, include, path

from chibo.meetings.prepare.views import agenda, handbook, meetings, member, notice, paper, schedule

_programme: list[URLPattern | URLResolver] = [
    path("chuan-bi/", agenda.agenda),
    path("chuan-bi/gop-chuyen-de/", agenda.combine),
    path("chuan-bi/bo-chuyen-de/", agenda.separate),
    path("chuan-bi/chuyen-de/<uuid:part_id>/", agenda.theme),
    path("noi-dung/moi/", agenda.new_item),
    path("noi-dung/<uuid:item_id>/", agenda.item),
    path("noi-dung/<uuid:item_id>/khoi-phuc/", agenda.restore_item),
    path("noi-dung/<uuid:item_id>/tai-lieu/", paper.add),
    path("tai-lieu/<uuid:paper_id>/", paper.read),
    path("tai-lieu/<uuid:paper_id>/bo/", paper.remove),
    path("tai-lieu/<uuid:paper_id>/khoi-phuc/", paper.restore),
]
_notice: list[URLPattern | URLResolver] = [
    path("thong-bao/", notice.notice),
    path("thong-bao/huy/", notice.cancel),
    path("thong-bao/dinh-chinh/", notice.correct),
    path("thong-bao/da-bao-nhom/", notice.told_in_group),
    path("thong-bao/da-bao/<uuid:person_id>/", notice.told),
    path("lich.ics", notice.calendar),
    path("so-tay/", handbook.handbook),
    path("so-tay/goi.zip", handbook.package_file),
    path("so-tay/<uuid:posting_id>/bo/", handbook.withdraw),
]
_member: list[URLPattern | URLResolver] = [
    path("y-kien/", member.opinions),
    path("y-kien/<uuid:item_id>/", member.opinion),
    path("y-kien/<uuid:item_id>/rut/", member.take_back),
    path("du-hop/", member.answer),
    path("du-hop/<uuid:person_id>/", member.answer_for),
]
_schedule: list[URLPattern | URLResolver] = [
    path("doi-lich/", schedule.move),
    path("huy/", schedule.cancel),
    path("khoi-phuc/", schedule.restore),
    path("hoi-y/", schedule.consult),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", meetings.index),
    path("moi/", meetings.new),
    path("ghi-lai/", meetings.record_past),
    path("<uuid:meeting_id>/", meetings.page),
    path("<uuid:meeting_id>/", include([*_programme, *_notice, *_member, *_schedule])),
]
