"""Addresses of the pages of stages 1 to 4."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from annotation.views import (
    accounts,
    answers,
    defects,
    drafts,
    generation,
    images,
    imports,
    jobs,
    judging,
    members,
    public,
    rubrics,
    tokens,
)

urlpatterns = [
    path("healthz", public.healthz, name="healthz"),
    path("help/", public.help_page, name="help"),
    path("login/", accounts.LogIn.as_view(), name="login"),
    path("login/link/<str:signature>/", accounts.login_link, name="login_link"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("language/", public.speak, name="speak"),
    path("profile/", accounts.profile, name="profile"),
    path("p/<slug:code>/judge/<slug:language>/", judging.queue, name="queue"),
    path("p/<slug:code>/judge/<slug:language>/ahead/", drafts.ahead, name="ahead"),
    path("p/<slug:code>/judge/<slug:language>/undo/", drafts.undo, name="undo"),
    path("p/<slug:code>/mine/", answers.history, name="history"),
    path("a/<uuid:pk>/", judging.judge, name="judge"),
    path("a/<uuid:pk>/draft/", drafts.draft, name="draft"),
    path("a/<uuid:pk>/skip/", judging.skip, name="skip"),
    path("a/<uuid:pk>/report/", defects.report, name="defect_report"),
    path("p/<slug:code>/defects/", defects.defects, name="defects"),
    path("p/<slug:code>/defects/<int:pk>/", defects.look, name="defect_look"),
    path("p/<slug:code>/rubric/", rubrics.rubric, name="rubric"),
    path("p/<slug:code>/rubric/change/", rubrics.change, name="rubric_change"),
    path("j/<uuid:pk>/correct/", answers.correct, name="correct"),
    path("i/<str:sha256>", images.image, name="image"),
    path("i/<str:sha256>/small", images.small, name="image_small"),
    path("p/<slug:code>/jobs/", jobs.jobs, name="jobs"),
    path("p/<slug:code>/jobs/<int:pk>/retry/", jobs.retry, name="job_retry"),
    path("p/<slug:code>/generation/reopen/", generation.reopen, name="reopen"),
    path("p/<slug:code>/import/", imports.imports, name="imports"),
    path("p/<slug:code>/members/<int:pk>/end/", members.end, name="member_end"),
    path("p/<slug:code>/tokens/", tokens.tokens, name="tokens"),
    path("p/<slug:code>/tokens/<int:pk>/revoke/", tokens.revoke, name="token_revoke"),
]
