#!/bin/sh
# Write both lock files anew from pyproject.toml, with hashes. Pins that a lock file already holds stay, unless pyproject.toml says otherwise.
# usage: tools/lock.sh [PYTHON]
set -eu
python=${1:-python3.11}
here=$(cd "$(dirname "$0")/.." && pwd)
apart=$(mktemp -d)
trap 'rm -rf "$apart"' EXIT
"$python" -m venv "$apart/venv"
"$apart/venv/bin/pip" install --quiet --disable-pip-version-check uv==0.13.8
cd "$here"
compile() {
    "$apart/venv/bin/uv" pip compile pyproject.toml --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 "$@"
}
compile --output-file requirements.lock
compile --extra dev --constraint requirements.lock --output-file requirements-dev.lock
