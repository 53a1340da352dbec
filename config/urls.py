"""Every address of Concord. Each part knows its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("annotation.urls")),
    path("", include("quality.urls")),
    path("api/", include("api.urls")),
]
