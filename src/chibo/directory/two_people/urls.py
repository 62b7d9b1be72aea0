"""Paths of acts that take two people; included by the directory."""

from django.urls import URLPattern, URLResolver, path

from chibo.directory.two_people import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("hai-nguoi/", views.acts),
    path("hai-nguoi/<uuid:act_id>/dong-y/", views.allow),
    path("hai-nguoi/<uuid:act_id>/tu-choi/", views.refuse),
    path("hai-nguoi/<uuid:act_id>/rut/", views.take_back),
    path("hai-nguoi/<uuid:act_id>/to-moi/", views.print_sheet),
]
