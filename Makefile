# make demo    the whole hall on this machine
# make test    everything that is checked, tools installed first
# make bench   the yardsticks, each beside its limit in the same run
# make soak    the long tests (up to an hour)
# make build   the programs, into bin/
# make deb     the Debian packages, into bin/deb/
# make sbom    which libraries the programs hold, into bin/sbom.json
# make fmt     formats the Go code

GATE    := go run ./docker/tools/gate
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.Version=$(VERSION)

.PHONY: all demo test bench soak build deb fmt tools

all: build

demo:
	go run ./server demo

tools:
	@bash docker/tools/install.sh

test: tools
	@$(GATE) test

bench: tools
	go run ./server/bench

soak: export MOTCUA_SOAK = 1
soak: tools
	@$(GATE) soak

# The agent's folder is built only where it holds a program.
build:
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o bin/motcua ./server
	@if [ -f drivers/main.go ]; then \
		CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o bin/motcua-agent ./drivers; \
	fi

# The date in the packages is that of the last commit: the same tree gives the same bytes.
ARCHS ?= amd64 arm64
deb: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
deb:
	@set -e; for arch in $(ARCHS); do \
		CGO_ENABLED=0 GOARCH=$$arch go build -trimpath -buildvcs=false -ldflags '$(LDFLAGS)' -o bin/$$arch/motcua ./server; \
		CGO_ENABLED=0 GOARCH=$$arch go build -trimpath -buildvcs=false -ldflags '$(LDFLAGS)' -o bin/$$arch/motcua-agent ./drivers; \
		go run ./docker/tools/deb --version '$(VERSION)' --arch $$arch --bin bin/$$arch --out bin/deb; \
	done

.PHONY: sbom
sbom:
	@mkdir -p bin
	go run ./docker/tools/sbom -version '$(VERSION)' > bin/sbom.json

.PHONY: vuln
vuln:
	@bash docker/tools/vuln.sh

fmt:
	@$(GATE) fmt
