#!/usr/bin/env bash
# Builds the console (src/Incidents.Web) into src/Incidents.Server/wwwroot, only when an input changed since the last time.
# Two callers at once wait for each other.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd); cd "$root"
web=src/Incidents.Web; out=src/Incidents.Server/wwwroot; state=.artifacts/web
[ -f $web/package.json ] || exit 0
mkdir -p $state
exec 9> $state/lock; flock 9

print_of() { { find "$@" -type f ! -path "*/node_modules/*" ! -path "*/dist/*" ! -name "*.tsbuildinfo" -printf "%P %T@ %s\n" 2>/dev/null || true; } | sort | sha256sum; }
inputs=$(print_of $web docs/openapi.json)
if [ "$(cat $state/built 2>/dev/null)" = "$inputs" ] && [ -f $out/index.html ]; then exit 0; fi

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "The web console needs Node 20.19 or later with npm to be built; there is none on this machine." >&2; exit 1
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
  echo "The web console needs Node 20.19 or later to be built; this is $(node --version)." >&2; exit 1
fi

echo "Building the web console"
packages=$(print_of $web/package.json $web/package-lock.json)
if [ "$(cat $state/packages 2>/dev/null)" != "$packages" ] || [ ! -d $web/node_modules ]; then
  (cd $web && npm ci --no-audit --no-fund --loglevel=error) || { echo "npm ci failed in $web" >&2; exit 1; }
  echo "$packages" > $state/packages
fi
if ! (cd $web && npm run --silent build) > $state/log 2>&1; then tail -40 $state/log >&2; echo "The web console does not build." >&2; exit 1; fi
mkdir -p $out
# Mirrors the folder without removing it: a server that runs from the sources keeps its watch on it.
find $out -mindepth 1 -delete; cp -a $web/dist/. $out/
echo "$inputs" > $state/built
