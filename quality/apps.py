"""What it is worth: agreement, adjudication, releases."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "quality"
    verbose_name = "What it is worth"

    def ready(self) -> None:
        # Registers the job kinds of these stages with annotation.jobs.
        from quality import tasks  # noqa: F401
