"""Paths of the API, and of the page where its tokens are kept."""

from django.urls import path

from chibo.api import views
from chibo.api.site import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("tai-khoan/ma-truy-cap/", views.tokens),
    path("tai-khoan/ma-truy-cap/moi/", views.new_token),
    path("tai-khoan/ma-truy-cap/<uuid:token_id>/", views.cut_off),
]
