"""Paths of the draft of a resolution, under /cuoc-hop/<id>/du-thao/."""

from django.urls import URLPattern, URLResolver, path

from chibo.resolutions.drafting import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.draft),
    path("gui-kem/", views.send_along),
    path("viec/", views.new_task),
    path("viec/<uuid:task_id>/", views.task),
    path("viec/<uuid:task_id>/khoi-phuc/", views.restore),
    path("loi-van/", views.wording_of),
]
