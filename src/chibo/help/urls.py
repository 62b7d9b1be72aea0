"""Paths of the users' guide, under /huong-dan/."""

from django.urls import URLPattern, URLResolver, path

from chibo.help import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.front),
    path("<slug:name>/", views.page),
]
