#!/usr/bin/env bash
# Asks the Go vulnerability database whether what the programs really call is known to
# be weak. It needs the Internet, so it is no part of `make test`: a hall's repair must
# not wait for a database. Where the database cannot be reached it says so and fails;
# it never counts as passed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

database="${GOVULNDB:-https://vuln.go.dev}"
case "$database" in
  file://*) [ -f "${database#file://}/index/db.json" ] ;;
  *) curl -fsS --max-time 20 -o /dev/null "$database/index/db.json" ;;
esac
if [ $? -ne 0 ]; then
  echo "vuln: $database cannot be reached: NOTHING WAS EXAMINED." >&2
  echo "vuln: run it on a machine with Internet, or name a copy of the database: GOVULNDB=file:///folder make vuln" >&2
  echo "vuln: bin/sbom.json (make sbom) lists the same libraries for other scanners" >&2
  exit 3
fi
exec go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 -db "$database" ./server ./drivers
