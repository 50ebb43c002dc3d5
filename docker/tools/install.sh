#!/usr/bin/env bash
# Installs what the tests need, each thing only when it is missing:
#   gcc, libc6-dev          the race detector
#   redis-server            the second engine (brings redis-benchmark along)
#   chromium-headless-shell the browser tests
#   nodejs, npm             the type checker and axe, which are npm packages
#   e2fsprogs, mount        the power-cut tests: file systems in a loop image
#   gcc-avr, avr-libc,      the keypad's firmware, built and run on a simulated
#   simavr, libelf, mbpoll  chip, with a Modbus program that is not ours
#   zbar-tools, tesseract   read the printed tickets back: QR and Vietnamese text
#   poppler-utils,          read the printed reports back: PDF as text and pictures,
#   python3-openpyxl        XLSX with a library that is not ours
#   libreoffice-calc        opens the printed workbooks; for the long tests only
#   debootstrap, systemd    a fresh Debian for the packages, and what judges the
#                           units; for the long tests only
#   chromium, cage, xvfb,   the kiosk's screen, and hands that try to get out of it;
#   xwayland, xdotool       for the long tests only
#   espeak-ng               reads texts aloud that have no clips
#   ca-certificates         downloads over TLS
# Written for Debian 12 as root. Elsewhere it says what to install by hand; with
# CI=true that is a failure, because a missing tool must never mean a test less.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root="$PWD"
missing=()

have() { command -v "$1" >/dev/null 2>&1; }
need() { have "$1" || missing+=("$2"); }

# sbin is not on every PATH, and mkfs.ext4 and losetup live there.
export PATH="$PATH:/usr/sbin:/sbin"

system_packages() {
  need gcc gcc
  [ -e /usr/include/stdlib.h ] || missing+=(libc6-dev)
  need redis-server redis-server
  if [ -z "${CHROMIUM:-}" ]; then
    have chromium-headless-shell || have chromium || have google-chrome || missing+=(chromium-headless-shell)
  fi
  [ -e /etc/ssl/certs/ca-certificates.crt ] || missing+=(ca-certificates)
  need node nodejs
  need npm npm
  need mkfs.ext4 e2fsprogs
  need losetup mount
  need avr-gcc gcc-avr
  need avr-nm binutils-avr
  [ -d /usr/lib/avr/include ] || missing+=(avr-libc)
  [ -e /usr/include/simavr/sim_avr.h ] || missing+=(libsimavr-dev)
  [ -e /usr/include/libelf.h ] || missing+=(libelf-dev)
  need pkg-config pkg-config
  need mbpoll mbpoll
  need zbarimg zbar-tools
  need tesseract tesseract-ocr
  need espeak-ng espeak-ng
  need pdftotext poppler-utils
  [ -z "${MOTCUA_SOAK:-}" ] || need soffice libreoffice-calc-nogui
  [ -z "${MOTCUA_SOAK:-}" ] || need debootstrap debootstrap
  [ -z "${MOTCUA_SOAK:-}" ] || need systemd-analyze systemd
  [ -z "${MOTCUA_SOAK:-}" ] || need cage cage
  [ -z "${MOTCUA_SOAK:-}" ] || need Xwayland xwayland
  [ -z "${MOTCUA_SOAK:-}" ] || need Xvfb xvfb
  [ -z "${MOTCUA_SOAK:-}" ] || need xdotool xdotool
  [ -z "${MOTCUA_SOAK:-}" ] || need chromium chromium
  # Debian's own interpreter: another one on the PATH does not see Debian's library.
  /usr/bin/python3 -c 'import openpyxl' 2>/dev/null || missing+=(python3-openpyxl)
  [ -n "$(find /usr/share/tesseract-ocr -name vie.traineddata 2>/dev/null)" ] || missing+=(tesseract-ocr-vie)
}

give_up() {
  echo "tools: missing: ${missing[*]}. $1" >&2
  [ "${CI:-}" = true ] && exit 1
  echo "tools: going on without; the tests that need them are skipped." >&2
}

install_system_packages() {
  [ ${#missing[@]} -eq 0 ] && return
  if ! have apt-get; then
    give_up "This is not Debian: install them by hand."
    return
  fi
  if [ "$(id -u)" -ne 0 ]; then
    give_up "Install them as root: apt-get install ${missing[*]}"
    return
  fi
  echo "tools: installing ${missing[*]}"
  # RUNLEVEL=1 keeps the redis-server package from starting a server of its own:
  # the tests start theirs, each on a free port with a folder of its own.
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
  apt-get -o DPkg::Lock::Timeout=500 update -qq
  apt-get -o DPkg::Lock::Timeout=500 install -y -qq --no-install-recommends "${missing[@]}" </dev/null
}

# The npm packages go into .tools, which git and go both ignore. The lock file is
# copied there, so what is installed is exactly what the tree names.
install_npm_packages() {
  local from="$root/server/web/checks" to="$root/.tools/npm"
  if ! have npm; then
    give_up "Without npm there is no type checking and no accessibility check."
    return
  fi
  if cmp -s "$from/package-lock.json" "$to/installed-lock.json"; then
    return
  fi
  echo "tools: installing the type checker and axe"
  rm -rf "$to"
  mkdir -p "$to"
  cp "$from/package.json" "$from/package-lock.json" "$to/"
  (cd "$to" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  cp "$to/package-lock.json" "$to/installed-lock.json"
}

system_packages
install_system_packages
install_npm_packages
