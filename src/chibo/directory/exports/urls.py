"""Paths of the export of a whole cell; included by the directory."""

from django.urls import URLPattern, path

from chibo.directory.exports import views

urlpatterns: list[URLPattern] = [
    path("so-chi-bo/ho-so/", views.of_cell),
    path("chi-bo/ho-so/", views.of_commune),
    path("ho-so-chi-bo/<uuid:export_id>/cho-phep/", views.allow),
    path("ho-so-chi-bo/<uuid:export_id>/tu-choi/", views.refuse),
    path("ho-so-chi-bo/<uuid:export_id>/dong/", views.close),
    path("ho-so-chi-bo/<uuid:export_id>/tai.zip", views.take),
]
