"""What people say: import, proposals, assignment, judging."""

from django.apps import AppConfig


class AnnotationConfig(AppConfig):
    name = "annotation"
    verbose_name = "What people say"
