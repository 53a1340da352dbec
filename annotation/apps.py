"""What people say: import, proposals, assignment, judging."""

from django.apps import AppConfig


class AnnotationConfig(AppConfig):
    name = "annotation"
    verbose_name = "What people say"

    def ready(self) -> None:
        # Registers the job kinds of these stages.
        from annotation import tasks  # noqa: F401
