"""Paths of the machine's pages."""

from django.urls import path

from chibo.ops.server import account_views, metrics, views

urlpatterns = [
    path("", views.overview, name="server"),
    path("so-do", metrics.metrics),
    path("tai-khoan/", account_views.accounts),
    path("tai-khoan/<uuid:user_id>/", account_views.account),
    path("tai-khoan/<uuid:user_id>/trang-thai/", account_views.set_state),
    path("tai-khoan/<uuid:user_id>/thiet-bi/", account_views.sign_out),
    path("viec-nen/", views.jobs),
    path("viec-nen/<int:queued_id>/thu-lai/", views.retry_job),
    path("viec-nen/<str:name>/chay/", views.run_job),
    path("sao-luu/", views.backups),
]
