"""Paths of one's own data and requests about it, holidays, retention, breaches, the dossier."""

from django.urls import URLPattern, URLResolver, path

from chibo.privacy import views
from chibo.privacy.requests import views as requests

urlpatterns: list[URLPattern | URLResolver] = [
    path("du-lieu-cua-toi/", views.mine),
    path("du-lieu-cua-toi/yeu-cau/", views.ask),
    path("du-lieu-cua-toi/yeu-cau/<uuid:request_id>/rut/", views.withdraw),
    path("du-lieu-cua-toi/ban-sao.<slug:ending>", views.copy),
    path("yeu-cau-du-lieu/", requests.inbox),
    path("yeu-cau-du-lieu/<uuid:request_id>/", requests.one),
    path("yeu-cau-du-lieu/ghi-ho/<uuid:person_id>/", requests.for_member),
]
