"""Addresses of the pages of stages 5 to 7, and of the first page."""

from django.urls import path

from quality.views import agreement, contested, home, overview, releases

urlpatterns = [
    path("", home.home, name="home"),
    path("p/<slug:code>/", overview.project, name="project"),
    path("p/<slug:code>/agreement/", agreement.agreement, name="agreement"),
    path(
        "p/<slug:code>/agreement/measure/",
        agreement.measure,
        name="agreement_measure",
    ),
    path(
        "p/<slug:code>/agreement/report.<slug:form>",
        agreement.report,
        name="agreement_report",
    ),
    path("p/<slug:code>/contested/", contested.contested, name="contested"),
    path("c/<int:pk>/rule/", contested.rule, name="rule"),
    path("p/<slug:code>/releases/", releases.releases, name="releases"),
    path("r/<int:pk>/changes/", releases.changes, name="release_changes"),
    path("r/<int:pk>/download/", releases.download, name="release_download"),
]
