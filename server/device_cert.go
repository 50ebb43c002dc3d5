package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"motcua/server/audit"
	"motcua/server/certs"
)

// certifyDevice writes a certificate with its key for a machine: the second thing, beside
// its key, that an agent shows where --tls-client-ca asks for it. It is good until the
// key is revoked, which is what ends a device's rights.
func certifyDevice(ctx context.Context, out io.Writer, data, name, to string) error {
	if name == "" || to == "" {
		return fmt.Errorf("%w: motcua device cert NAME --out FILE --data DIR", errUsage)
	}
	c := config{Data: data}
	if _, err := os.Stat(certs.AuthorityFile(c.tlsDir())); err != nil {
		return errors.New("there is no authority in this data directory: start the server once with --tls-auto")
	}
	a, err := certs.OpenAuthority(c.tlsDir(), nil, time.Now())
	if err != nil {
		return err
	}
	raw, err := a.Device(name, time.Now())
	if err != nil {
		return err
	}
	err = commanded(ctx, data, audit.Line{Action: audit.DeviceCert, Object: name}, nil, nil, func() error {
		f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		_, err = f.Write(raw)
		return errors.Join(err, f.Sync(), f.Close())
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s holds the certificate and the key of %s: move it to that machine, name it as cert in its site file, and leave no copy\n", to, name)
	return err
}
