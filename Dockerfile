# The service, the worker and the migrations are one image; the command says which of them runs.
ARG PYTHON=python:3.13-slim-bookworm

FROM ${PYTHON} AS build
SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
WORKDIR /build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
COPY requirements.lock requirements-dev.lock ./
# Wheels only: nothing is compiled, so no compiler is needed. pip stays outside the environment that is shipped.
RUN python -m venv --without-pip /opt/zhengxinlu \
    && pip --python /opt/zhengxinlu/bin/python install --only-binary :all: --require-hashes -r requirements.lock
# What builds the project's own wheel comes from the lock too, and stays in this stage.
RUN awk '/^[A-Za-z0-9]/ {keep = /^(hatchling|packaging|pathspec|pluggy|trove-classifiers)==/} keep' \
        requirements-dev.lock > build.lock \
    && python -m venv tools \
    && tools/bin/pip install --only-binary :all: --no-deps --require-hashes -r build.lock
COPY pyproject.toml README.md ./
COPY migrations migrations
COPY app app
RUN tools/bin/pip wheel --no-deps --no-build-isolation --wheel-dir wheels . \
    && pip --python /opt/zhengxinlu/bin/python install --no-deps --no-index wheels/*.whl \
    && /opt/zhengxinlu/bin/python -m compileall -q /opt/zhengxinlu/lib

FROM ${PYTHON}
# The base image's own pip is a build tool: without it nothing can be installed in a running container.
RUN python -m pip --disable-pip-version-check uninstall --yes --quiet --root-user-action=ignore pip \
    && groupadd --system --gid 10001 zhengxinlu \
    && useradd --system --uid 10001 --gid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin zhengxinlu \
    && install --directory --owner=10001 --group=10001 --mode=700 /var/lib/zhengxinlu /srv/zhengxinlu
COPY --from=build /opt/zhengxinlu /opt/zhengxinlu
ENV PATH=/opt/zhengxinlu/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /tmp
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
# Alive means that it answers; whether it should get traffic is /readyz.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["zhengxinlu"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
