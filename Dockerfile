# One image for every program of the stand; docker-compose.yml says which program a container runs.
FROM python:3.13-slim-bookworm AS packages

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /build
COPY requirements/tools.txt requirements/runtime.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/tools.txt \
    && uv venv /opt/stand \
    && uv pip install --no-cache --python /opt/stand/bin/python --compile-bytecode --require-hashes -r requirements/runtime.txt


FROM python:3.13-slim-bookworm

# the numbers are written out so that volumes keep their owner between images
RUN groupadd --gid 10001 stand && useradd --uid 10001 --gid stand --no-create-home --shell /usr/sbin/nologin stand \
    && install -d -o stand -g stand -m 0700 /data
COPY --from=packages /opt/stand /opt/stand
WORKDIR /srv/stand
COPY manage.py ./
COPY frmr_portal frmr_portal
COPY cabinet cabinet
COPY gosuslugi_auth gosuslugi_auth
COPY signatures signatures
COPY static static
COPY templates templates
# the root file system is read-only when the stand runs
RUN /opt/stand/bin/python -m compileall -q .

ENV PATH=/opt/stand/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=frmr_portal.settings \
    DATA_DIR=/data
USER stand
VOLUME /data
CMD ["python", "-m", "frmr_portal.stand", "--serve", "portal"]
