"""All paths, each a Vietnamese noun without marks."""

from django.urls import include, path

urlpatterns = [
    path("", include("chibo.home.urls")),
    path("", include("chibo.accounts.urls")),
    path("", include("chibo.directory.urls")),
    path("", include("chibo.documents.urls")),
    path("", include("chibo.privacy.urls")),
    path("", include("chibo.meetings.hall.urls")),
    path("phong-hop/", include("chibo.meetings.device.shell_urls")),
    path("", include("chibo.meetings.urn.urls")),
    path("cuoc-hop/", include("chibo.meetings.urls")),
    path("cuoc-hop/<uuid:id>/phong/", include("chibo.resolutions.room.urls")),
    path("cuoc-hop/<uuid:meeting_id>/du-thao/", include("chibo.resolutions.drafting.urls")),
    path("cong-viec/", include("chibo.resolutions.urls")),
    path("huong-dan/", include("chibo.help.urls")),
    path("kieu-mau/", include("chibo.look.urls")),
    path("", include("chibo.api.urls")),
    path("", include("chibo.ops.urls")),
]
handler500 = "chibo.ops.outage.failed"
handler404 = "django.views.defaults.page_not_found"
