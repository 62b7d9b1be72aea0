"""Paths of one's own data and requests about it, holidays, retention, breaches, the dossier."""

from django.urls import URLPattern, URLResolver, path

from chibo.privacy import views
from chibo.privacy.breaches import views as breaches
from chibo.privacy.dossier import views as dossier
from chibo.privacy.holidays import views as holidays
from chibo.privacy.requests import views as requests
from chibo.privacy.retention import views as retention

urlpatterns: list[URLPattern | URLResolver] = [
    path("du-lieu-cua-toi/", views.mine),
    path("du-lieu-cua-toi/yeu-cau/", views.ask),
    path("du-lieu-cua-toi/yeu-cau/<uuid:request_id>/rut/", views.withdraw),
    path("du-lieu-cua-toi/ban-sao.<slug:ending>", views.copy),
    path("yeu-cau-du-lieu/", requests.inbox),
    path("yeu-cau-du-lieu/<uuid:request_id>/", requests.one),
    path("yeu-cau-du-lieu/ghi-ho/<uuid:person_id>/", requests.for_member),
    path("bao-ve-du-lieu/", dossier.protection),
    path("bao-ve-du-lieu/<slug:name>.<slug:ending>", dossier.paper),
    path("ngay-nghi/", holidays.holidays),
    path("thoi-han-luu/", retention.retention),
    path("thoi-han-luu/<slug:key>/", retention.one),
    path("su-co-du-lieu/", breaches.register),
    path("su-co-du-lieu/moi/", breaches.enter),
    path("su-co-du-lieu/<uuid:breach>/", breaches.breach),
    path("su-co-du-lieu/<uuid:breach>/dinh-chinh/", breaches.correct),
    path("su-co-du-lieu/<uuid:breach>/thong-bao.<slug:ending>", breaches.paper),
]
