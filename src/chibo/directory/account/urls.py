"""Paths of one's own account, and of accounts that one stands above."""

from django.urls import URLPattern, URLResolver, path

from chibo.directory.account import devices, others, security

urlpatterns: list[URLPattern | URLResolver] = [
    path("bao-mat/", security.overview),
    path("bao-mat/bat/", security.set_up),
    path("bao-mat/khoa/", security.add_passkey),
    path("bao-mat/ma-du-phong/", security.recovery_codes),
    path("bao-mat/bo/", security.remove),
    path("bao-mat/xac-nhan/", security.confirm),
    path("mat-khau/", security.password),
    path("thiet-bi/", devices.devices),
    path("thiet-bi/khac/", devices.cut_off_others),
    path("thiet-bi/<uuid:device_id>/", devices.cut_off),
    path("", others.officers),
    path("<uuid:person_id>/", others.account),
    path("<uuid:person_id>/to-moi/", others.new_invitation),
    path("<uuid:person_id>/lop-hai/", others.lost_second_factor),
]
