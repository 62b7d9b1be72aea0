"""Paths of the ops app."""

from django.urls import path

from chibo.ops import views

urlpatterns = [
    path("suc-khoe/", views.health_page, name="health"),
]
