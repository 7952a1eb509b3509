#!/bin/sh
# Other people's programs over what we made: commons-ip and eark-validator over every AIP, ocfl-py over every OCFL storage
# root below the folders given. Without one, packages of every kind are made first, with one of them damaged as a
# control, the seals are judged by EU DSS, openssl, pyHanko and xmlsec1, certified copies and converted documents by veraPDF too, and formats are told by Siegfried too.
# Needs a JDK 17, Maven, Python 3.11 and, the first time, the package registries.
set -eu
# Each judge lives for seconds: what is compiled well is not worth its compiling.
export JDK_JAVA_OPTIONS='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "$here/../.."
# Two environments: pyHanko and eark-validator ask for different versions of one library.
environment() {
  if [ ! -x ".foreign/$1/bin/python" ] || ! cmp -s "$here/$2" ".foreign/$2"; then
    mkdir -p .foreign
    python3 -m venv ".foreign/$1"
    ".foreign/$1/bin/pip" install --quiet --disable-pip-version-check -r "$here/$2"
    cp "$here/$2" ".foreign/$2"
  fi
}
environment venv requirements.txt
if [ $# -eq 0 ]; then
  if ! cmp -s "$here/dss/pom.xml" .foreign/dss/pom.xml; then
    mvn -q -B -f "$here/dss/pom.xml" dependency:copy-dependencies -DoutputDirectory="$PWD/.foreign/dss"
    cp "$here/dss/pom.xml" .foreign/dss/pom.xml
  fi
  if ! cmp -s "$here/verapdf/pom.xml" .foreign/verapdf/pom.xml; then
    mvn -q -B -f "$here/verapdf/pom.xml" dependency:copy-dependencies -DoutputDirectory="$PWD/.foreign/verapdf"
    cp "$here/verapdf/pom.xml" .foreign/verapdf/pom.xml
  fi
  environment pyhanko requirements-pyhanko.txt
  environment siegfried requirements-siegfried.txt
  export TRAJNO_VERAPDF="$PWD/.foreign/verapdf"
  export TRAJNO_OPENPYXL="$PWD/.foreign/venv/bin/python"
  export TRAJNO_SIEGFRIED="$PWD/.foreign/siegfried/bin/python"
  export TRAJNO_PYHANKO="$PWD/.foreign/pyhanko/bin/python"
  npx mocha --no-config --node-option import=tsx --timeout 300000 'test/foreign/*.test.ts'
  npx tsx test/foreign/make-packages.ts .foreign/made/packages
  npx tsx test/foreign/make-stores.ts .foreign/made/archive
  set -- .foreign/made
fi
exec .foreign/venv/bin/python "$here/validate.py" "$@"
