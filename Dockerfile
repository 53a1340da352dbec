# One image for web, celery, beat and migrate; docker-compose.yml gives each its command.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    CONCORD_DATA=/data \
    CONCORD_STATIC_ROOT=/srv/static

WORKDIR /srv/concord
COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes -r requirements/base.txt

COPY manage.py ./
COPY config config
COPY corpus corpus
COPY locale locale
COPY annotation annotation
COPY quality quality
COPY api api
COPY worker worker
COPY templates templates
COPY static static

# The settings want a key and a database; collecting static files uses neither.
RUN CONCORD_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    DATABASE_URL=postgres://build@/build \
    python manage.py collectstatic --noinput

RUN useradd --system --uid 10001 --no-create-home concord \
    && install --directory --owner=concord --group=concord /data
USER concord
VOLUME /data
EXPOSE 8000
CMD ["granian", "--interface=wsgi", "--host=0.0.0.0", "--port=8000", "config.wsgi:application"]
