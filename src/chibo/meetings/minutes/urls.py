"""Paths of minutes and papers, under /cuoc-hop/<meeting>/."""

from django.urls import URLPattern, URLResolver, path

from chibo.meetings.minutes import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:meeting_id>/bien-ban/", views.page),
    path("<uuid:meeting_id>/bien-ban/ky/", views.sign),
    path("<uuid:meeting_id>/bien-ban/tra-lai/", views.give_back),
    path("<uuid:meeting_id>/bien-ban/gui/", views.submit),
    path("<uuid:meeting_id>/bien-ban/dinh-chinh/", views.annotate),
    path("<uuid:meeting_id>/bien-ban/dinh-chinh/<uuid:annotation_id>/ky/", views.sign_annotation),
    path("<uuid:meeting_id>/van-ban/<slug:kind>.<slug:extension>", views.paper),
]
