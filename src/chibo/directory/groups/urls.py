"""Paths of groups."""

from django.urls import path

from chibo.directory.groups import views

urlpatterns = [
    path("so-chi-bo/to-dang/", views.groups),
    path("so-chi-bo/to-dang/<uuid:group_id>/", views.group),
    path("so-chi-bo/to-dang/<uuid:group_id>/<uuid:row_id>/", views.leave),
]
