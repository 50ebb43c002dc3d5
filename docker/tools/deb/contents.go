package main

// packages is what there is to install, and what each brings.
var packages = []pack{
	{
		name: "motcua", section: "net",
		depends:    "systemd | systemd-standalone-sysusers, init-system-helpers",
		recommends: "espeak-ng",
		about: "queue of a reception hall\n" +
			"The server of the hall: queue, screens and reports in one program, which\n" +
			"needs no other. Free text is read aloud where espeak-ng is installed.",
		files: append([]entry{
			{source: "bin:motcua", target: "/usr/bin/motcua", mode: 0o755},
			{source: "docker/deb/motcua/motcua.service", target: "/usr/lib/systemd/system/motcua.service", mode: 0o644},
			{source: "docker/deb/motcua/sysusers.conf", target: "/usr/lib/sysusers.d/motcua.conf", mode: 0o644},
			{source: "docker/deb/motcua/server.json", target: "/etc/motcua/server.json", mode: 0o644, config: true},
			{source: "docs/install.md", target: "/usr/share/doc/motcua/install.md", mode: 0o644},
			{source: "CHANGELOG.md", target: "/usr/share/doc/motcua/CHANGELOG.md", mode: 0o644},
			{source: "LICENSE", target: "/usr/share/doc/motcua/copyright", mode: 0o644},
		}, manual()...),
	},
	{
		name: "motcua-agent", section: "net",
		depends: "systemd | systemd-standalone-sysusers, init-system-helpers",
		about: "devices of a reception hall\n" +
			"Drives ticket printer, keypads, panels and scanner of a kiosk or counter PC,\n" +
			"and keeps what they say until the server has heard it.",
		files: []entry{
			{source: "bin:motcua-agent", target: "/usr/bin/motcua-agent", mode: 0o755},
			{source: "docker/deb/motcua-agent/motcua-agent.service", target: "/usr/lib/systemd/system/motcua-agent.service", mode: 0o644},
			{source: "docker/deb/motcua-agent/sysusers.conf", target: "/usr/lib/sysusers.d/motcua-agent.conf", mode: 0o644},
			{source: "docker/deb/motcua-agent/modules.conf", target: "/usr/lib/modules-load.d/motcua-agent.conf", mode: 0o644},
			{source: "firmware-config/udev/70-motcua.rules", target: "/usr/lib/udev/rules.d/70-motcua.rules", mode: 0o644},
			{source: "firmware-config/host/modemmanager.conf", target: "/usr/lib/systemd/system/ModemManager.service.d/motcua.conf", mode: 0o644},
			{source: "firmware-config/host/serial-getty.conf", target: "/usr/lib/systemd/system/serial-getty@.service.d/motcua.conf", mode: 0o644},
			{source: "firmware-config/sites/example.yaml", target: "/usr/share/doc/motcua-agent/examples/site.yaml", mode: 0o644},
			{source: "docs/devices/README.md", target: "/usr/share/doc/motcua-agent/devices/README.md", mode: 0o644},
			{source: "docs/devices/cables.md", target: "/usr/share/doc/motcua-agent/devices/cables.md", mode: 0o644},
			{source: "docs/devices/keypads.md", target: "/usr/share/doc/motcua-agent/devices/keypads.md", mode: 0o644},
			{source: "docs/devices/panels.md", target: "/usr/share/doc/motcua-agent/devices/panels.md", mode: 0o644},
			{source: "docs/devices/printers.md", target: "/usr/share/doc/motcua-agent/devices/printers.md", mode: 0o644},
			{source: "docs/devices/scanners.md", target: "/usr/share/doc/motcua-agent/devices/scanners.md", mode: 0o644},
			{source: "LICENSE", target: "/usr/share/doc/motcua-agent/copyright", mode: 0o644},
		},
	},
	{
		name: "motcua-kiosk", section: "web", everywhere: true,
		depends:    "chromium, cage, xwayland, fonts-noto-core, systemd, init-system-helpers",
		recommends: "motcua-agent",
		about: "screen of a reception hall\n" +
			"Shows one page of the hall's server on a machine of its own, and nothing else:\n" +
			"a kiosk, a television or a tablet.",
		files: []entry{
			{source: "firmware-config/host/kiosk/policy", target: "/usr/lib/motcua-kiosk/policy", mode: 0o755},
			{source: "firmware-config/host/kiosk/browser", target: "/usr/lib/motcua-kiosk/browser", mode: 0o755},
			{source: "docker/deb/motcua-kiosk/motcua-kiosk.service", target: "/usr/lib/systemd/system/motcua-kiosk.service", mode: 0o644},
			{source: "firmware-config/host/kiosk/xkb/rules/motcua", target: "/usr/lib/motcua-kiosk/xkb/rules/motcua", mode: 0o644},
			{source: "firmware-config/host/kiosk/xkb/symbols/motcua", target: "/usr/lib/motcua-kiosk/xkb/symbols/motcua", mode: 0o644},
			{source: "firmware-config/host/kiosk/watchdog.conf", target: "/usr/lib/systemd/system.conf.d/motcua-kiosk.conf", mode: 0o644},
			{source: "firmware-config/host/kiosk/71-motcua-kiosk.rules", target: "/usr/lib/udev/rules.d/71-motcua-kiosk.rules", mode: 0o644},
			{source: "firmware-config/host/kiosk/sysctl.conf", target: "/usr/lib/sysctl.d/71-motcua-kiosk.conf", mode: 0o644},
			{source: "firmware-config/host/kiosk/logind.conf", target: "/usr/lib/systemd/logind.conf.d/motcua-kiosk.conf", mode: 0o644},
			{source: "firmware-config/host/kiosk/README.md", target: "/usr/share/doc/motcua-kiosk/README.md", mode: 0o644},
			{source: "docker/deb/motcua-kiosk/sysusers.conf", target: "/usr/lib/sysusers.d/motcua-kiosk.conf", mode: 0o644},
			{source: "docker/deb/motcua-kiosk/kiosk.conf", target: "/etc/motcua/kiosk.conf", mode: 0o644, config: true},
			{source: "docs/install.md", target: "/usr/share/doc/motcua-kiosk/install.md", mode: 0o644},
			{source: "LICENSE", target: "/usr/share/doc/motcua-kiosk/copyright", mode: 0o644},
		},
	},
}

// manual is the operating manual, which the server's machine carries in both languages.
func manual() (list []entry) {
	for _, language := range []string{"vi", "en"} {
		for _, page := range []string{"backup", "daily", "faults", "first-hour", "hardware", "install", "network", "notice", "privacy", "training"} {
			file := "manual/" + language + "/" + page + ".md"
			list = append(list, entry{source: "docs/" + file, target: "/usr/share/doc/motcua/" + file, mode: 0o644})
		}
	}
	return append(list, entry{source: "docs/manual/README.md", target: "/usr/share/doc/motcua/manual/README.md", mode: 0o644})
}
