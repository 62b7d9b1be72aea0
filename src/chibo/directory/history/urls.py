"""Paths of the log."""

from django.urls import path

from chibo.directory.history import views

urlpatterns = [
    path("so-chi-bo/nhat-ky/", views.of_cell),
    path("so-chi-bo/nhat-ky/ben-ngoai/", views.from_outside),
    path("nhat-ky/cua-toi/", views.of_oneself),
    path("nhat-ky/<slug:slug>/<uuid:object_id>/", views.of_object),
]
