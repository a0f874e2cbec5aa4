# One image for web, relay and workers: the same code, started by different scripts.
FROM python:3.11-slim-bookworm

RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-dejavu-core libmagic1 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /nonexistent portal \
 && install -d -o portal -g portal -m 0750 /var/lib/kla

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .
ENV STATIC_ROOT=/app/staticfiles
RUN KLA_VAR=/app/build-only python manage.py collectstatic --noinput -v 0 \
 && rm -rf /app/build-only

ENV KLA_PRODUCTION=1 KLA_VAR=/var/lib/kla PYTHONUNBUFFERED=1
USER portal
VOLUME /var/lib/kla
EXPOSE 8000
CMD ["scripts/serve-web"]
