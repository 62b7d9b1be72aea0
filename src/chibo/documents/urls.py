"""Paths of the documents app."""

from django.urls import URLPattern, URLResolver, path

from chibo.documents import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("so-chi-bo/so-van-ban/", views.numbers),
    path("van-ban/<slug:token>/", views.check_paper),
]
