#!/usr/bin/env bash
# Boots the systemd of this machine in name spaces of its own, on a copy of its root
# folder that is thrown away, with the packages installed there.
#   unshare … bash boot.sh FOLDER     FOLDER has debs/ and out/; out/said is the answer
set -eu
folder=$1
mount --make-rprivate /
mkdir -p "$folder/mem"
mount -t tmpfs -o size=1g tmpfs "$folder/mem"
cd "$folder/mem"
mkdir upper inner new
root=$PWD/new
mount -t overlay overlay -o "lowerdir=/,upperdir=$PWD/upper,workdir=$PWD/inner" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys" # no event of a device of this machine is made
mount -t tmpfs -o mode=755 tmpfs "$root/sys/fs/cgroup"
mkdir -p "$root/sys/fs/cgroup/systemd"
mount -t cgroup -o none,name=systemd,xattr cgroup "$root/sys/fs/cgroup/systemd" || mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do cp -a "/dev/$device" "$root/dev/"; done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=666 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
mkdir "$root/run/given"
cp "$folder"/debs/*.deb "$root/run/given/"
rm -rf "$root"/etc/systemd/system/*.wants # of this machine's services none is started
chroot "$root" sh -c 'dpkg --install --force-depends /run/given/motcua_*.deb /run/given/motcua-agent_*.deb'
cat >"$root/etc/motcua/site.yaml" <<END
name: M1
branch: sanh
server: http://127.0.0.1:8080
data: /var/lib/motcua-agent
devices:
  - {id: scanner, profile: gm65, port: /dev/motcua/none}
END
mkdir "$root/run/said"
mount --bind "$folder/out" "$root/run/said"
mkdir -p "$root/run/systemd/system"
cat >"$root/run/systemd/system/probe.service" <<END
[Unit]
DefaultDependencies=no
Wants=motcua.service motcua-agent.service
After=motcua.service motcua-agent.service
[Service]
Type=oneshot
ExecStart=/bin/sh /run/given/probe
StandardOutput=file:/run/said/said
StandardError=file:/run/said/said
END
cat >"$root/run/given/probe" <<'END'
state() { echo "$1 $2: $(systemctl show -P ActiveState "$2") again $(systemctl show -P NRestarts "$2") status $(systemctl show -P ExecMainStatus "$2")"; }
state start motcua
state start motcua-agent
grep -E '^(CapBnd|NoNewPrivs|Seccomp):' "/proc/$(systemctl show -P MainPID motcua)/status"
motcua doctor --ready
sleep 40 # longer than the watchdog waits
# An upgrade's restart: whoever comes meanwhile waits for the next program.
for i in $(seq 60); do motcua doctor --ready 2>&1; done >/run/said/asked &
asking=$!
sleep 0.3
systemctl restart motcua
wait $asking
echo "restarted motcua: refused $(grep -c 'connection refused' /run/said/asked) of $(grep -c . /run/said/asked), ready $(grep -c 'is ready' /run/said/asked)"
state later motcua
state later motcua-agent
kill -STOP "$(systemctl show -P MainPID motcua)"
for i in $(seq 60); do
	sleep 2
	[ "$(systemctl show -P NRestarts motcua)" = 0 ] || [ "$(systemctl show -P ActiveState motcua)" != active ] || break
done
state hung motcua
systemctl stop motcua motcua-agent
state stopped motcua
state stopped motcua-agent
journalctl --no-pager -u motcua -u motcua-agent | grep -v '"request"' | tail -30
systemctl poweroff --force --force
END
cd "$root"
mkdir old
pivot_root . old
umount -l /old
export container=motcua
exec /lib/systemd/systemd --system --unit=probe.service --log-target=null --show-status=0
