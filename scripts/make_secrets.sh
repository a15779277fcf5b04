#!/bin/sh
# Make the passwords that docker-compose.yml mounts, once; existing ones stay.
set -eu
cd "$(dirname "$0")/.."
# containers run as other users and read a file with the rights it has here: the folder keeps people out
mkdir -p -m 0700 secrets
for name in postgres_password redis_password; do
    if [ ! -s "secrets/$name" ]; then
        head -c 36 /dev/urandom | base64 | tr -d '\n/+=' >"secrets/$name"
        chmod 0444 "secrets/$name"
        printf 'secrets/%s\n' "$name"
    fi
done
