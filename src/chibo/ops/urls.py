"""Paths of the ops app."""

from django.urls import include, path

from chibo.ops import views

urlpatterns = [
    path("suc-khoe/", views.health_page, name="health"),
    path("may-chu/", include("chibo.ops.server.urls")),
]
