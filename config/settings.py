"""Settings, all from the environment. `./run` sets what an embedded Concord needs.

A value of the wrong type stops the start with the name of the variable.
"""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("CONCORD_DEBUG", default=False)
SECRET_KEY = env.str("CONCORD_SECRET_KEY")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
    raise ImproperlyConfigured(
        "CONCORD_SECRET_KEY is too weak: give 50 random characters or more."
    )
ALLOWED_HOSTS = env.list("CONCORD_ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
BASE_URL = env.str("CONCORD_BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

DATA_DIR = Path(env.str("CONCORD_DATA", default=str(BASE_DIR / ".data")))
MEDIA_DIR = DATA_DIR / "media"
RELEASE_DIR = DATA_DIR / "releases"
INCOMING_DIR = DATA_DIR / "incoming"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "django_htmx",
    "pgtrigger",
    "rest_framework",
    "drf_spectacular",
    "annotation",
    "quality",
    "api",
]

MIDDLEWARE = [
    "annotation.middleware.ReadableMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "annotation.middleware.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "annotation.speaking.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "annotation.middleware.ViewerMiddleware",
    "annotation.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            # Nearly every template has words in it, some of them from rooms without Django.
            "builtins": [
                "django.templatetags.i18n",
                "annotation.templatetags.concord",
            ],
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"].update(
    CONN_MAX_AGE=0,
    CONN_HEALTH_CHECKS=True,
    ATOMIC_REQUESTS=False,
    OPTIONS={
        **DATABASES["default"].get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": env.int("CONCORD_POOL_SIZE", default=8)},
    },
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "annotation.User"

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
#: Of the pages; `locale` holds a complete catalogue for each but the first.
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("it", "Italiano"),
    ("es", "Español"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
LANGUAGE_COOKIE_NAME = "concord_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("CONCORD_STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]

# Pictures lie on this disk, or in a bucket if one is named.
UNSET = ""
S3_BUCKET = env.str("CONCORD_S3_BUCKET", default=UNSET)
S3_OPTIONS = {
    "bucket_name": S3_BUCKET,
    "endpoint_url": env.str("CONCORD_S3_ENDPOINT", default=UNSET) or None,
    "region_name": env.str("CONCORD_S3_REGION", default=UNSET) or None,
    "access_key": env.str("CONCORD_S3_ACCESS_KEY", default=UNSET) or None,
    "secret_key": env.str("CONCORD_S3_SECRET_KEY", default=UNSET) or None,
}
# Originals of a bucket that a release has opened; fewer or more are only slower or faster.
NEARBY_BYTES = env.int("CONCORD_NEARBY_MB", default=2048) * 1024 * 1024
BUCKET = {"BACKEND": "annotation.images.bucket.Bucket", "OPTIONS": S3_OPTIONS}
DISK = "annotation.images.disk.Disk"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_DIR},
    },
    # Kept for releases and for the worker, never shown; and what people see.
    "originals": BUCKET
    if S3_BUCKET
    else {"BACKEND": DISK, "OPTIONS": {"lasting": True}},
    "pictures": BUCKET if S3_BUCKET else {"BACKEND": DISK},
    "staticfiles": {
        "BACKEND": env.str(
            "CONCORD_STATIC_STORAGE",
            default="whitenoise.storage.CompressedManifestStaticFilesStorage",
        )
    },
}

# A page without TLS is for the loopback address only; there a Secure cookie is lost.
INSECURE_HTTP = env.bool("CONCORD_INSECURE_HTTP", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE_HTTP
LANGUAGE_COOKIE_SECURE = not INSECURE_HTTP
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not INSECURE_HTTP
# The container's own health check speaks plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not INSECURE_HTTP
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["api.authentication.HasToken"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.parsing.FiniteJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["api.authentication.TokenThrottle"],
    "DEFAULT_THROTTLE_RATES": {"token": "6000/min"},
    "EXCEPTION_HANDLER": "api.errors.answer",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Concord",
    "DESCRIPTION": "Judging machine-made multilingual image-text data.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ContentKindEnum": "corpus.content.KINDS",
        "JobKindEnum": "annotation.models.jobs.Job.Kind",
        "TaskEnum": "worker.protocol.TASKS",
    },
}

# Redis only wakes Celery and counts log-in attempts. While it is silent that may cost a
# moment, never a request.
REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_ALWAYS_EAGER = env.bool("CONCORD_EAGER_TASKS", default=False)
IN_PROCESS = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
SHARED = {
    "BACKEND": "django.core.cache.backends.redis.RedisCache",
    # Celery and redis-py call a socket by different names.
    "LOCATION": REDIS_URL.replace("redis+socket://", "unix://").replace(
        "?virtual_host=", "?db="
    ),
    "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 0.5},
}
CACHES = {
    "default": IN_PROCESS,
    "attempts": IN_PROCESS if CELERY_TASK_ALWAYS_EAGER else SHARED,
}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 0.5,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "annotation.tasks.sweep_jobs", "schedule": 2.0},
    "reopen-expired": {"task": "annotation.tasks.reopen_expired", "schedule": 30.0},
}

# Of a form or an API call; a file to import may be larger.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A conversation of many turns has a field for each text.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
MAX_UPLOAD_BYTES = env.int("CONCORD_MAX_UPLOAD_MB", default=2048) * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
