"""Paths of tasks and resolution in the room, under /cuoc-hop/<id>/phong/."""

from django.urls import URLPattern, URLResolver, path

from chibo.resolutions.room import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("viec-cu/", views.review, name="room-review"),
    path("viec-moi/", views.tasks, name="room-tasks"),
    path("viec-moi/loi-van/", views.wording_of, name="room-wording"),
    path("viec-moi/<uuid:task>/", views.task, name="room-task"),
    path("ket-luan/", views.conclude, name="room-conclude"),
]
