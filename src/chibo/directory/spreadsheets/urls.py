"""Paths of import and export; included by the directory."""

from django.urls import URLPattern, path

from chibo.directory.spreadsheets import run_views, views

RUN = "nhap-danh-sach/<uuid:run_id>/"
urlpatterns: list[URLPattern] = [
    path("so-chi-bo/dang-vien/nhap/", views.import_cell),
    path("so-chi-bo/xuat.xlsx", views.export_cell),
    path("so-chi-bo/mau.xlsx", views.form_of_cell),
    path("chi-bo/nhap/", views.import_above),
    path("chi-bo/xuat.xlsx", views.export_above),
    path("chi-bo/mau.xlsx", views.form_above),
    path(RUN, run_views.run),
    path(f"{RUN}cot/", run_views.columns),
    path(f"{RUN}ghi/", run_views.write),
    path(f"{RUN}buoc/", run_views.step),
    path(f"{RUN}dung/", run_views.stop),
    path(f"{RUN}can-sua.xlsx", run_views.wrong_rows),
]
