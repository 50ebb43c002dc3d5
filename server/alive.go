package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"motcua/server/notify"
)

// selfURL is where this machine reaches the server that listens on addr.
func selfURL(scheme, addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return scheme + "://" + net.JoinHostPort(host, port), nil
}

// readyWithin bounds the doctor's question: a container's health check has its own limit.
const readyWithin = 5 * time.Second

// askSelf asks the server on this machine for one of its pages of health.
func askSelf(ctx context.Context, scheme, addr, page string) error {
	url, err := selfURL(scheme, addr)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+page, nil)
	if err != nil {
		return err
	}
	r.Close = true // one question, no connection kept
	a, err := selfClient.Do(r)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	body, err := io.ReadAll(io.LimitReader(a.Body, 1<<10))
	if err != nil {
		return err
	}
	if a.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %d: %s", url+page, a.StatusCode, body)
	}
	return nil
}

// checkReady is doctor --ready: it looks at the running server alone, and so is
// quick enough to be asked every few seconds.
func checkReady(ctx context.Context, scheme, addr string) finding {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	if err := askSelf(ctx, scheme, addr, "/readyz"); err != nil {
		return finding{what: "the server is not ready: " + err.Error(), help: "is it started, and on this address? its log says more; motcua doctor --data DIR looks at the rest"}
	}
	return finding{ok: true, what: "the server is ready"}
}

// sayAlive tells the service manager that the hall serves, and goes on telling as
// long as it answers. What is asked is /healthz: a full disk or a lost Redis is no
// better after a restart, a server that hangs is.
func (h *hall) sayAlive(ctx context.Context, m notify.Manager, addr string) {
	m.Keep(ctx, func(ctx context.Context) error { return askSelf(ctx, h.config.scheme(), addr, "/healthz") },
		func(err error) { h.log.Error("the service manager was not told", "error", err) })
}

// manager is who started the program.
func manager() notify.Manager { return notify.FromEnv(os.Getenv) }
