"""Paths of the accounts app."""

from django.urls import URLPattern, URLResolver, path

from chibo.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("dang-nhap/", views.sign_in),
    path("dang-xuat/", views.sign_out),
]
