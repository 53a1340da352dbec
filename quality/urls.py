"""Addresses of the pages of stages 5 to 7, and of the first page."""

from django.urls import path

from quality.views import (
    agreement,
    annotators,
    contested,
    home,
    items,
    machines,
    overview,
    planner,
    releases,
    slices,
    versions,
)

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
    path(
        "p/<slug:code>/agreement/<slug:language>/<slug:name>/",
        slices.one_slice,
        name="slice",
    ),
    path("p/<slug:code>/annotators/", annotators.annotators, name="annotators"),
    path("p/<slug:code>/annotators/renew/", annotators.renew, name="annotators_renew"),
    path("p/<slug:code>/machines/", machines.machine_raters, name="machines"),
    path(
        "p/<slug:code>/machines/report.<slug:form>",
        machines.machines_report,
        name="machines_report",
    ),
    path("p/<slug:code>/planner/", planner.planner, name="planner"),
    path("p/<slug:code>/items/", items.items, name="items"),
    path("p/<slug:code>/contested/", contested.contested, name="contested"),
    path("c/<int:pk>/rule/", contested.rule, name="rule"),
    path("c/<int:pk>/versions/", versions.versions, name="versions"),
    path("p/<slug:code>/releases/", releases.releases, name="releases"),
    path("r/<int:pk>/changes/", releases.changes, name="release_changes"),
    path("r/<int:pk>/changes.tsv", releases.changes_file, name="release_changes_file"),
    path("r/<int:pk>/download/", releases.download, name="release_download"),
]
