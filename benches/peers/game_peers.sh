#!/usr/bin/env bash
# Other programs for n-player games beside equipoise, on the same files, in one run.
#
#   bash benches/peers/game_peers.sh [--quick]
#
# Installs the peers from PyPI into a virtual environment in a temporary directory, which is
# removed at the end; what cannot be installed is said and left out. EQUIPOISE names another
# program than the one of this repository.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

if [[ -z "${EQUIPOISE:-}" ]]; then
  (cd "$here/../.." && cargo build --release --locked --quiet)
  EQUIPOISE="$here/../../target/release/equipoise"
fi

python3 -m venv "$folder/venv"
# As it is built by its authors where there is such a package, else from its source.
pip() { timeout 900 "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "$@"; }
for package in pygambit quantecon nashpy; do
  if ! pip --only-binary :all: "$package" 2> "$folder/pip.log" \
      && ! pip "$package" 2> "$folder/pip.log"; then
    echo "not installed: $package ($(tail -n 1 "$folder/pip.log"))"
  fi
done
"$folder/venv/bin/pip" list 2> "$folder/pip.log" | grep -iE '^(pygambit|quantecon|nashpy) ' || true

"$folder/venv/bin/python" "$here/game_peers.py" "$EQUIPOISE" "$folder" "$@"
