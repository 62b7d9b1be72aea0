"""Paths under /cong-viec/."""

from django.urls import URLPattern, URLResolver, path

from chibo.resolutions.board import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.board),
    path("<uuid:task_id>/", views.task_page),
    path("<uuid:task_id>/tien-do/", views.report),
    path("<uuid:task_id>/tien-do/<uuid:progress_id>/rut/", views.withdraw),
    path("<uuid:task_id>/nhac/", views.remind),
]
