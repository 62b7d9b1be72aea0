"""Paths of the draft of a resolution, under /cuoc-hop/<id>/du-thao/."""

from django.urls import URLPattern, URLResolver, path

from chibo.resolutions.drafting import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.draft),
    path("viec/", views.new_task),
    path("loi-van/", views.wording_of),
    path("viec/<uuid:task_id>/", views.task),
]
