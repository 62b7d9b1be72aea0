"""Paths of the home pages."""

from django.urls import URLPattern, URLResolver, path

from chibo.home import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home),
    path("lich-hop/", views.schedule),
    path("phu-trach/", views.followed),
    path("phu-trach/<uuid:id>/", views.followed_cell),
]
