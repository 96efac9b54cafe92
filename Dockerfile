# The image of web, worker, scheduler and migrate in docker-compose.yml. The steps are those of ./run.
FROM node:22-slim AS assets
WORKDIR /site
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY static/src static/src
RUN npm run build

FROM python:3.13-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /site
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --only-binary=:all: --requirement requirements.lock
COPY . .
COPY --from=assets /site/static/build static/build
# Collecting reads the settings, which insist on addresses; nothing connects to them, and nothing of this line stays.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_hex(48))')" DATABASE_URL=postgresql://- REDIS_URL=redis://- FIELD_KEYS="1:$(python -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())')" python manage.py collectstatic --no-input
ENV PYTHONUNBUFFERED=1
USER 10001:10001
