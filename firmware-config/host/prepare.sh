#!/bin/sh
# Makes a Debian or Ubuntu machine leave its serial ports to the agent.
#   sudo sh prepare.sh [ttyS0 …]     ports without a login prompt, besides all USB ones
# It may be run again at any time. With ROOT=DIR the files go below DIR, and what
# would change the running machine is only shown.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${ROOT:-}

put() { # source, target
	install -D -m 0644 "$1" "$root$2"
	echo "wrote $2"
}

run() {
	if [ -n "$root" ]; then
		echo "would run: $*"
	else
		"$@" || echo "failed: $*" >&2
	fi
}

for port in "$@"; do
	case $port in
	tty[A-Z]*) ;;
	*) echo "prepare.sh: $port is not the name of a port such as ttyS0" >&2; exit 2 ;;
	esac
done

put "$here/../udev/70-motcua.rules" /etc/udev/rules.d/70-motcua.rules
put "$here/modemmanager.conf" /etc/systemd/system/ModemManager.service.d/motcua.conf
put "$here/serial-getty.conf" /etc/systemd/system/serial-getty@.service.d/motcua.conf

mkdir -p "$root/etc/motcua/ports"
for port in "$@"; do
	: >"$root/etc/motcua/ports/$port"
	run systemctl stop "serial-getty@$port.service"
	if grep -qs "console=$port" "$root/etc/default/grub"; then
		echo "note: the kernel writes to $port too: take console=$port out of /etc/default/grub, then update-grub"
	fi
done

# brltty takes CH340 and CP210x adapters for Braille displays and unbinds them.
# A machine with a real Braille display keeps it: KEEP_BRLTTY=1.
if [ -z "${KEEP_BRLTTY:-}" ]; then
	run systemctl mask brltty-udev.service brltty.service
	ln -sf /dev/null "$root/etc/udev/rules.d/85-brltty.rules"
	ln -sf /dev/null "$root/etc/udev/rules.d/90-brltty-device.rules"
fi

run systemctl daemon-reload
run systemctl try-restart ModemManager.service
run udevadm control --reload
run udevadm trigger --subsystem-match=tty --subsystem-match=usb --subsystem-match=usb-serial
echo "ports:"
ls -l "$root/dev/motcua" 2>/dev/null || echo "  none yet: plug a device in"
