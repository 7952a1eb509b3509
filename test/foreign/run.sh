#!/bin/sh
# Foreign software over what we made: commons-ip and eark-validator over every AIP, ocfl-py over every OCFL storage root
# below the folder given. Without one, packages of every kind are made first, with one of them damaged as a control.
# Needs Java 17, Python 3.11 and, the first time, the package index.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "$here/../.."
venv=.foreign/venv
if [ ! -x "$venv/bin/python" ] || ! cmp -s "$here/requirements.txt" .foreign/requirements.txt; then
  mkdir -p .foreign
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
  cp "$here/requirements.txt" .foreign/requirements.txt
fi
if [ $# -eq 0 ]; then
  npx tsx test/foreign/make-packages.ts .foreign/made/packages
  npx tsx test/foreign/make-stores.ts .foreign/made/archive
  npx mocha --no-config --node-option import=tsx --timeout 120000 'test/foreign/**/*.test.ts'
  set -- .foreign/made
fi
exec "$venv/bin/python" "$here/validate.py" "$@"
