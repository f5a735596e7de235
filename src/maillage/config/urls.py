"""Root addresses: each area of `maillage.web.areas` under its own names."""

from django.urls import include, path

from maillage.web.areas import area_urls

urlpatterns = [
    path("", include((module.urlpatterns, area), namespace=area)) for area, module in area_urls().items()
]

handler400 = "maillage.web.errors.bad_request"
handler403 = "maillage.web.errors.permission_denied"
handler404 = "maillage.web.errors.not_found"
handler500 = "maillage.web.errors.server_error"
