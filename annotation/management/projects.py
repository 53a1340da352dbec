"""The project that a command is told of."""

from django.core.management.base import CommandError

from annotation.models import Project


def project_of(code: str) -> Project:
    """Raises CommandError if there is none of that code."""
    project = Project.objects.filter(code=code).first()
    if project is None:
        raise CommandError(f"There is no project {code!r}.")
    return project
