#!/bin/sh
# Load every program with the packages of requirements/runtime.txt alone: the tools of the tests bring
# packages along that a program may need and nobody has asked for.
set -eu
cd "$(dirname "$0")/.."
uv=$(scripts/setup.sh uv)
venv=.tools/runtime
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT

"$uv" venv -q --clear --python .venv/bin/python "$venv"
"$uv" pip install -q --python "$venv/bin/python" --require-hashes -r requirements/runtime.txt
DATA_DIR=$data DJANGO_SETTINGS_MODULE=frmr_portal.settings "$venv/bin/python" -c '
import django
from importlib import import_module
from pkgutil import walk_packages

import cabinet, frmr_portal, gosuslugi_auth, signatures

django.setup()
# named by strings, so no module of ours imports them
for name in ("granian.cli", "kombu.transport.redis", "psycopg"):
    import_module(name)
for package in (frmr_portal, cabinet, gosuslugi_auth, signatures):
    for module in walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
'
