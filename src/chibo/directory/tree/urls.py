"""Paths of the tree."""

from django.urls import path

from chibo.directory.tree.views import acts, browsing, following, offices, terms

urlpatterns = [
    path("to-chuc/", browsing.tree),
    path("to-chuc/viec/<uuid:act_id>/", acts.act),
    path("to-chuc/viec/<uuid:act_id>/rut/", acts.withdraw),
    path("to-chuc/viec/<uuid:act_id>/hoan-tac/", acts.undo),
    path("to-chuc/<uuid:body_id>/", browsing.body),
    path("to-chuc/<uuid:body_id>/ghi/<slug:slug>/", acts.decide),
    path("to-chuc/<uuid:body_id>/chuc-vu/", offices.offices),
    path("to-chuc/<uuid:body_id>/chuc-vu/<uuid:term_id>/", offices.end),
    path("to-chuc/<uuid:body_id>/nhiem-ky/", terms.terms),
    path("to-chuc/<uuid:body_id>/nhiem-ky/<uuid:term_id>/", terms.term),
    path("chi-bo/phu-trach/", following.followers),
]
