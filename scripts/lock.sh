#!/bin/sh
# Resolve the dependencies and write the hash-pinned requirements, without any address of an index.
set -eu
cd "$(dirname "$0")/.."
uv=$(scripts/setup.sh uv)

# resolve SOURCE OLDEST_PYTHON TARGET [OPTION...]
resolve() {
    source=$1 oldest=$2 target=$3
    shift 3
    "$uv" pip compile "$source" -q --universal --python-version "$oldest" --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@" -o "$target"
}

resolve pyproject.toml 3.12 requirements/runtime.txt
resolve pyproject.toml 3.12 requirements/dev.txt --extra dev
# uv itself is installed by whatever python3 the machine has
resolve requirements/tools.in 3.8 requirements/tools.txt
resolve requirements/yardsticks.in 3.12 requirements/yardsticks.txt
