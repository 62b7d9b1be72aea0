"""Paths of import and export; included by the directory."""

from django.urls import URLPattern, path

from chibo.directory.spreadsheets import views

urlpatterns: list[URLPattern] = [
    path("so-chi-bo/dang-vien/nhap/", views.import_cell),
    path("so-chi-bo/xuat.xlsx", views.export_cell),
    path("so-chi-bo/mau.xlsx", views.form_of_cell),
    path("chi-bo/nhap/", views.import_commune),
    path("chi-bo/xuat.xlsx", views.export_commune),
    path("chi-bo/mau.xlsx", views.form_of_commune),
]
