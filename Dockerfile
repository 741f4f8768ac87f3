# One image for web, worker, beat and the migrating job; the command decides which it is.
FROM python:3.11.14-slim-bookworm AS build
RUN python -m venv /venv
COPY requirements.txt ./
RUN /venv/bin/pip install --no-cache-dir --no-deps --only-binary=:all: --require-hashes \
    --requirement requirements.txt

FROM python:3.11.14-slim-bookworm
# as-is: the lock is installed already, manage.py must not build an environment of its own
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=tracker.settings.production \
    STATIC_ROOT=/app/static-collected \
    TRACKER_PYTHON=as-is
# The folders of captures and keys are made here, so that a new volume takes over their owner.
RUN groupadd --gid 10001 tracker \
    && useradd --uid 10001 --gid tracker --no-create-home --home-dir /nonexistent tracker \
    && install --directory --owner=tracker --group=tracker --mode=0750 /var/lib/tracker/captures \
    && install --directory --owner=tracker --group=tracker --mode=0700 /var/lib/tracker/keys
WORKDIR /app
COPY --from=build /venv /venv
COPY LICENSE manage.py compose/healthcheck.py ./
COPY tracker tracker
COPY api api
COPY workers workers
# Collecting needs settings, none of which ends in the image or matters to its files.
RUN SECRET_KEY=build-only DATABASE_URL=postgres://none/none BROKER_URL=amqp://none \
    CAPTURE_ROOT=/nonexistent PUBLIC_URL=https://localhost \
    python -m django collectstatic --no-input
USER tracker
EXPOSE 8000
# Alive, not ready: a web process must not be killed because the database is away.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "healthcheck.py", "healthz"]
CMD ["gunicorn", "tracker.wsgi:application", "--bind=0.0.0.0:8000", "--workers=3", "--threads=2", \
     "--timeout=60", "--max-requests=2000", "--max-requests-jitter=200", "--no-control-socket"]
