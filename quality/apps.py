"""What it is worth: agreement, adjudication, releases."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "quality"
    verbose_name = "What it is worth"

    def ready(self) -> None:
        # Registers the job kinds and the visibility of the rows of these stages.
        from quality import tasks, visibility  # noqa: F401
