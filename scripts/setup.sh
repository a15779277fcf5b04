#!/bin/sh
# Prepare what a target of the Makefile needs, and do nothing when it is there already.
#
#   scripts/setup.sh runtime   .venv with the packages of the stand
#   scripts/setup.sh dev       the same and the tools of the tests
#   scripts/setup.sh uv        only uv; prints the path of the program
#   scripts/setup.sh browser   a Chromium for the browser tests
#   scripts/setup.sh gost      the GOST modules of OpenSSL, which the tests compare with
#   scripts/setup.sh postgres  a PostgreSQL server, which the tests start themselves
#   scripts/setup.sh load      the load generator of the benchmarks
#   scripts/setup.sh yardsticks  packages that the benchmarks compare with and nothing else uses
#
# A fresh machine has git, make and some python3, often older than the stand needs.
set -eu
cd "$(dirname "$0")/.."

VENV=.venv
TOOLS=.tools
STAMP=$VENV/.frmr-setup

say() { printf '%s\n' "$*" >&2; }
fail() { say "Подготовка: $*"; exit 1; }

# a version manager leaves shims that exist, yet only print "command not found"
new_enough() { "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 12))' >/dev/null 2>&1; }

managed_pythons() {
    root=$(pyenv root 2>/dev/null) || root=${PYENV_ROOT:-$HOME/.pyenv}
    ls -d "$root"/versions/3.1[2-9]*/bin/python 2>/dev/null | sort -rV || true
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        new_enough "$PYTHON" || fail "PYTHON=$PYTHON не запускается или старше 3.12"
        command -v "$PYTHON"
        return
    fi
    for candidate in python3.14 python3.13 python3.12 $(managed_pythons) python3; do
        if new_enough "$candidate"; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    return 1
}

may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# apt_get PACKAGE...: install, or say the one command that does
apt_get() {
    if may_install; then
        say "Подготовка: ставлю $* через apt-get"
        # a fresh machine has no package lists; an old list may name files that are gone
        as_root env DEBIAN_FRONTEND=noninteractive sh -c '
            install() { apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1; }
            install "$@" || { apt-get update -qq >/dev/null && install "$@"; }' sh "$@" && return
    fi
    say "Подготовка: в системе не хватает пакета. Установите его и повторите make:"
    say "    sudo apt-get install $*"
    return 1
}

# the oldest python3 is good enough to fetch uv, which then does the rest
install_uv() {
    for python in $(find_python || true) python3 /usr/bin/python3; do
        "$python" -c '' >/dev/null 2>&1 || continue
        rm -rf "$TOOLS"
        # Debian ships venv without ensurepip unless python3-venv is installed
        if "$python" -m venv "$TOOLS" >/dev/null 2>&1; then
            "$TOOLS/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r requirements/tools.txt && return
        elif "$python" -m pip --version >/dev/null 2>&1; then
            rm -rf "$TOOLS"
            "$python" -m pip install -q --disable-pip-version-check --target "$TOOLS" --require-hashes -r requirements/tools.txt && return
        fi
    done
    return 1
}

find_uv() {
    for candidate in "$TOOLS/bin/uv" uv; do
        if "$candidate" --version >/dev/null 2>&1; then
            command -v "$candidate"
            return
        fi
    done
    say "Подготовка: ставлю uv в $TOOLS"
    if ! install_uv; then
        apt_get python3-venv || exit 1
        install_uv || fail "не удалось установить uv, причина в сообщении pip выше"
    fi
    printf '%s\n' "$TOOLS/bin/uv"
}

make_venv() {
    uv=$1
    if ! python=$(find_python); then
        [ -z "${PYTHON:-}" ] || exit 1
        say "Подготовка: Python 3.12 или новее не найден, пробую получить его через uv"
        "$uv" python install -q 3.13 || fail "нужен Python 3.12 или новее. Установите его или укажите: make run PYTHON=/путь/к/python3.13"
        python=$("$uv" python find 3.13)
    fi
    say "Подготовка: создаю $VENV, $("$python" -V)"
    "$uv" venv -q --clear --python "$python" "$VENV"
}

checksum() { cksum <"$1" | tr ' ' '-'; }

# what the venv must hold: dev.txt is a superset of runtime.txt, so either set serves the stand
is_ready() {
    [ -f "$STAMP" ] && "$VENV/bin/python" -c '' 2>/dev/null || return 1
    read -r have runtime dev <"$STAMP"
    [ "$runtime" = "$(checksum requirements/runtime.txt)" ] || return 1
    [ "$1" = runtime ] || { [ "$have" = dev ] && [ "$dev" = "$(checksum requirements/dev.txt)" ]; }
}

install_packages() {
    wanted=$1
    is_ready "$wanted" && return
    uv=$(find_uv)
    new_enough "$VENV/bin/python" || make_venv "$uv"
    say "Подготовка: ставлю пакеты из requirements/$wanted.txt"
    "$uv" pip install -q --python "$VENV/bin/python" --compile-bytecode --require-hashes -r "requirements/$wanted.txt"
    printf '%s %s %s\n' "$wanted" "$(checksum requirements/runtime.txt)" "$(checksum requirements/dev.txt)" >"$STAMP"
}

find_browser() {
    for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1; then return; fi
    done
    return 1
}

find_gost() {
    openssl engine gost >/dev/null 2>&1 && openssl list -providers -provider gostprov >/dev/null 2>&1
}

find_postgres() {
    command -v initdb >/dev/null 2>&1 && return
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

# apart from .venv: gostcrypto brings a package `tests`, which would hide that of the stand
install_yardsticks() {
    [ -d "$TOOLS/yardsticks/gostcrypto" ] && return
    uv=$(find_uv)
    "$uv" pip install -q --python "$VENV/bin/python" --target "$TOOLS/yardsticks" --no-deps --require-hashes -r requirements/yardsticks.txt ||
        say "Подготовка: пакеты для сравнения не поставлены, эти строки замеров будут пропущены"
}

case ${1:-} in
    runtime | dev) install_packages "$1" ;;
    uv) find_uv ;;
    browser)
        # without a browser its tests are skipped, which pytest reports and CI does not accept
        find_browser || apt_get chromium || [ -z "${CI:-}" ]
        ;;
    gost)
        # the stand itself needs none of it; the comparison is skipped without, and CI does not accept that
        find_gost || apt_get libengine-gost-openssl || [ -z "${CI:-}" ]
        ;;
    postgres) find_postgres || apt_get postgresql ;;
    load) command -v wrk >/dev/null 2>&1 || apt_get wrk ;;
    yardsticks) install_yardsticks ;;
    *) fail "скажите runtime, dev, uv, browser, gost, postgres, load или yardsticks" ;;
esac
