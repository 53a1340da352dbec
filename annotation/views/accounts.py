"""Getting in by a link, and the settings of one's own account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotation import enrolling, speaking
from annotation.forms import ProfileForm
from annotation.login_form import LogInForm
from annotation.views.page import PageRequest, page


class LogIn(LoginView):
    """Django's own, but that whoever has tried too often must wait."""

    form_class = LogInForm
    template_name = "annotation/login.html"
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_invalid(form)
        if isinstance(form, LogInForm) and form.wait:
            response.status_code = 429
            response["Retry-After"] = str(form.wait)
        return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login_link(request: HttpRequest, signature: str) -> HttpResponse:
    """One button; only pressing it logs in, for mail scanners open links too."""
    person = enrolling.user_of_link(signature)
    if request.method == "POST":
        login(request, person)
        return redirect("home")
    return render(request, "annotation/login_link.html", {"person": person})


@page("GET", "POST")
def profile(request: PageRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        response = redirect("profile")
        speaking.remember(response, form.instance.language)
        # Said in the language that was just chosen.
        with translation.override(speaking.language_of(request)):
            messages.success(request, _("Saved."))
        return response
    status = 422 if form.is_bound else 200
    return render(request, "annotation/profile.html", {"form": form}, status=status)
