#!/usr/bin/env bash
# Tries report and dashboard as their readers have them, in Debian's Chromium. It installs
# what it needs (as root, on Debian); names of checks may follow.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v chromium >/dev/null || { apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium >/dev/null; }
browser=${XDG_CACHE_HOME:-$HOME/.cache}/autolfads-browser-$(sha256sum .ci/requirements-browser.txt | cut -c1-12)
if ! "$browser/bin/python" -c "import playwright, axe_playwright_python" 2>/dev/null; then
  rm -rf "$browser"
  python3.11 -m venv "$browser"
  "$browser/bin/pip" install --quiet --disable-pip-version-check --requirement .ci/requirements-browser.txt
fi

"$browser/bin/python" -B .ci/browser "$@"
