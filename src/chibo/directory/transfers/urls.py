"""Paths of transfers and of keys; before the paths of the book, whose `<slug:change>` would take some of them."""

from django.urls import path

from chibo.directory.transfers import arrivals, key_views, start, views

urlpatterns = [
    path("so-chi-bo/chuyen-sinh-hoat/", views.transfers),
    path("so-chi-bo/chuyen-sinh-hoat/den/", views.receive),
    path("so-chi-bo/chuyen-sinh-hoat/goi/", arrivals.arrival),
    path("so-chi-bo/chuyen-sinh-hoat/<uuid:transfer_id>/", views.transfer),
    path("so-chi-bo/chuyen-sinh-hoat/<uuid:transfer_id>/gioi-thieu.json", views.download, {"what": "gioi-thieu"}),
    path("so-chi-bo/chuyen-sinh-hoat/<uuid:transfer_id>/tra-loi.json", views.download, {"what": "tra-loi"}),
    path("so-chi-bo/dang-vien/<uuid:person_id>/chuyen-sinh-hoat/", start.start),
    path("khoa-don-vi/", key_views.keys),
    path("khoa-don-vi/<uuid:tenant_id>/bo/", key_views.forget),
]
