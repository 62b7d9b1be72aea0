"""Paths of the accounts app."""

from django.urls import URLPattern, URLResolver, path

from chibo.accounts import province_views as province
from chibo.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("dang-nhap/", views.sign_in),
    path("dang-nhap/buoc-hai/", views.second_step),
    path("dang-nhap/tinh/", province.go),
    path("dang-nhap/tinh/ve/", province.come_back),
    path("dang-xuat/", views.sign_out),
]
