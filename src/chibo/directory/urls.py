"""Paths of the cell's book, the commune's cells, invitations and hats."""

from django.urls import URLPattern, URLResolver, include, path

from chibo.directory.views import book, cells, hats, invitations, member, members, offices

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("chibo.directory.spreadsheets.urls")),
    path("tai-khoan/", include("chibo.directory.account.urls")),
    path("vai/", hats.hats),
    path("so-chi-bo/", book.book),
    path("so-chi-bo/thong-tin/", book.information),
    path("so-chi-bo/ai-xem-duoc-gi/", book.rights),
    path("so-chi-bo/dang-vien/", members.members),
    path("so-chi-bo/dang-vien/moi/", members.new_member),
    path("so-chi-bo/dang-vien/dan/", members.paste),
    path("so-chi-bo/dang-vien/dien-thoai/", member.own_phone),
    path("so-chi-bo/dang-vien/<uuid:person_id>/", member.member),
    path("so-chi-bo/dang-vien/<uuid:person_id>/sua/", member.correct),
    path("so-chi-bo/dang-vien/<uuid:person_id>/<slug:change>/", member.change),
    path("so-chi-bo/dang-vien/<uuid:person_id>/<slug:change>/<uuid:row_id>/", member.finish),
    path("so-chi-bo/chuc-vu/", offices.offices),
    path("so-chi-bo/chuc-vu/<uuid:term_id>/", offices.end),
    path("so-chi-bo/loi-moi/", invitations.invitations),
    path("loi-moi/", invitations.by_code),
    path("loi-moi/mat-khau/", invitations.password),
    path("loi-moi/<str:token>/", invitations.by_token),
    path("chi-bo/", cells.cells),
    path("chi-bo/moi/", cells.new_cell),
    path("chi-bo/<uuid:cell_id>/", cells.cell),
    path("chi-bo/<uuid:cell_id>/loi-moi/", cells.secretary_card),
]
