#!/usr/bin/env bash
# Installs from Debian's packages what the tests run against and this machine lacks. `packages.sh --check` only lists it.
# No service is started or enabled: the tests run their own copies on private ports.
set -euo pipefail
wanted=(rabbitmq-server prometheus prometheus-alertmanager chromium postgresql-15 fonts-dejavu-core)
missing=()
for p in "${wanted[@]}"; do
  dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing+=("$p")
done
# Another major version of PostgreSQL does as well.
if ls -d /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1; then missing=("${missing[@]/postgresql-15/}"); fi
# shellcheck disable=SC2206
missing=(${missing[*]})
[ ${#missing[@]} -gt 0 ] || exit 0
if [ "${1:-}" = --check ]; then echo "${missing[*]}"; exit 1; fi
if [ "$(id -u)" != 0 ]; then
  echo "Missing for the tests: ${missing[*]}. Install them as root: apt-get install --no-install-recommends ${missing[*]}" >&2; exit 1
fi
echo "Installing ${missing[*]}"
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  printf '#!/bin/sh\nexit 101\n' > $policy; chmod 755 $policy
  trap 'rm -f $policy' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
