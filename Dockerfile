# `onopen serve` as an image: built in one stage, run in another that holds neither build tools nor a root user.
# Mount a site folder at /site (without one the demo site is served), and keep /var/lib/onopen across restarts.

FROM python:3.13-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN python -m venv --without-pip /opt/onopen \
    && python -m pip --python /opt/onopen/bin/python install --no-cache-dir --compile '.[redis,svg]'

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin onopen \
    && install --directory --owner onopen --group onopen /site /var/lib/onopen
COPY --from=build /opt/onopen /opt/onopen
ENV PATH=/opt/onopen/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ONOPEN_STATE_DIR=/var/lib/onopen
WORKDIR /site
USER 10001
VOLUME /var/lib/onopen
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s CMD ["onopen", "health"]
CMD ["onopen", "serve", "--host", "0.0.0.0", "--port", "8000"]
