"""Wiring: settings, URLs, Celery, WSGI. No word of the domain."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
