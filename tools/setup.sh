#!/bin/sh
# Make the virtual environment with pinned, hash-locked packages, and find or install a Chromium. Safe to run again: it does nothing twice.
# usage: tools/setup.sh PYTHON VENV LOCKFILE
set -eu
python=$1 venv=$2 lock=$3
say() { printf '%s\n' "$*" >&2; }
as_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

if ! command -v "$python" >/dev/null 2>&1; then
    say "$python is not on this machine. Lykta needs Python 3.11: install it, or name it with make PYTHON=/path/to/python3.11 demo"
    exit 8
fi
if [ ! -x "$venv/bin/pip" ]; then
    say "Making $venv ..."
    if ! "$python" -m venv "$venv" >/dev/null 2>&1; then
        rm -rf "$venv"
        if as_root; then
            say "Installing Debian's python3-venv ..."
            { apt-get update -qq && apt-get install -y -qq python3-venv; } >/dev/null 2>&1 || true
        fi
        "$python" -m venv "$venv" || { say "$python cannot make a virtual environment; install Debian's package python3-venv."; exit 8; }
    fi
fi
# One package, pdqhash, has no wheel and is built here: it needs a C++ compiler and Python's headers.
buildable() {
    command -v c++ >/dev/null 2>&1 && "$venv/bin/python" -c 'import os, sys, sysconfig; sys.exit(not os.path.isfile(sysconfig.get_path("include") + "/Python.h"))'
}
stamp=$venv/installed-$(basename "$lock")
wanted=$(cat "$lock" pyproject.toml | cksum)
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$wanted" ]; then
    if ! buildable && as_root; then
        say "Installing Debian's C++ compiler and Python headers ..."
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends g++ python3-dev; } >/dev/null 2>&1 || true
    fi
    if ! buildable && ! "$venv/bin/python" -c 'import pdqhash' >/dev/null 2>&1; then
        say "A C++ compiler and Python's headers are needed once. Install Debian's packages g++ and python3-dev, then run this again."
        exit 8
    fi
    say "Installing pinned packages from $lock (about a minute) ..."
    "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
    printf '%s' "$wanted" > "$stamp"
fi
if ! command -v chromium >/dev/null 2>&1 && [ ! -f "$venv/browser-tried" ]; then
    if as_root; then
        say "Installing Debian's Chromium ..."
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 || true
    fi
    if ! command -v chromium >/dev/null 2>&1; then
        "$venv/bin/playwright" install chromium >/dev/null 2>&1 || say "No Chromium could be had: sites that need a browser will not be crawled."
    fi
    touch "$venv/browser-tried"
fi
