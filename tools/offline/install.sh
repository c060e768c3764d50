#!/bin/sh
# Install advedu from this folder, without a network:   sh install.sh [FOLDER]
# FOLDER is where the program goes; $HOME/advedu by default. BUNDLE.txt lists the versions of Python of which
# one must be there.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
target=${1:-"$HOME/advedu"}

python=
for name in python3 $(sed -n 's/^linux /python/p' "$here/BUNDLE.txt") python; do
    version=$("$name" -c 'import platform; print(".".join(platform.python_version_tuple()[:2]))' 2>/dev/null) || continue
    if grep -qx "linux $version" "$here/BUNDLE.txt"; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "install.sh: none of the versions of Python in BUNDLE.txt is here" >&2
    exit 1
fi
if command -v sha256sum >/dev/null 2>&1; then
    (cd "$here" && sha256sum --quiet -c SHA256SUMS) || { echo "install.sh: this folder is damaged, copy it again" >&2; exit 1; }
fi
"$python" -m venv "$target"
"$target/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$here/wheels" --upgrade advedu
"$target/bin/advedu" --version
echo "Installed. Call it as: $target/bin/advedu"
