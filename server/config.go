package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

// config is what serve needs to know: flags before the file before defaults.
type config struct {
	Data       string   `json:"data"`
	Addr       string   `json:"addr"`
	Store      string   `json:"store"`
	Branch     string   `json:"branch"`      // id of the branch made at the first start
	BaseURL    string   `json:"base_url"`    // what phones reach the server by, without a slash at its end
	Origins    []string `json:"origins"`     // accepted for websockets beside the server's own
	TrustStore bool     `json:"trust_store"` // CONFIG is forbidden on this Redis; every desk shows it
	LogLevel   string   `json:"log_level"`
	// FirstKeyFile is where the first administrator's key is written instead of being
	// printed, for a service whose words are kept in a journal.
	FirstKeyFile string `json:"first_key_file"`
	TLSCert      string `json:"tls_cert"` // PEM, with the certificates between it and its root
	TLSKey       string `json:"tls_key"`
	TLSFrom      string `json:"tls_redirect"` // an address of plain HTTP that sends everybody to HTTPS
	// Proxies are addresses or networks, as 192.168.1.2 or 10.0.0.0/24: what they say in
	// X-Forwarded-For is believed.
	Proxies []string `json:"proxies"`
	// Connections is how many one address may hold; 0 is api.MostConnections.
	Connections int `json:"connections_per_address"`
	// TLSAuto makes the server speak HTTPS with a certificate of an authority it makes itself.
	TLSAuto bool `json:"tls_auto"`
	// TLSPhones answers visitors' phones on the address of plain HTTP instead of sending them away.
	TLSPhones bool `json:"tls_phones"`
	// TLSClientCA is a PEM file: an agent must show a certificate that one in it signed.
	TLSClientCA string `json:"tls_client_ca"`
	Voice       string `json:"voice"` // the program that reads free text aloud; "" looks for the usual one, "none" wants none

	demo    bool
	Devices bool `json:"-"` // demo: with virtual printer, keypads and scanner
	Sample  int  `json:"-"` // demo: days of made-up history before its first start
}

func (c *config) flags(fs *flag.FlagSet) *string {
	file := fs.String("config", "", "JSON file with the same settings; flags come first")
	fs.StringVar(&c.Data, "data", c.Data, "data directory")
	fs.StringVar(&c.Addr, "addr", c.Addr, "address to listen on")
	fs.StringVar(&c.Store, "store", c.Store, "embedded, or redis://host:port")
	fs.StringVar(&c.Branch, "branch", c.Branch, "id of the branch made at the first start")
	fs.StringVar(&c.BaseURL, "base-url", c.BaseURL, "address phones reach the server by, as http://192.168.1.10:8080")
	fs.BoolVar(&c.TrustStore, "trust-store", c.TrustStore, "do not read the Redis server's CONFIG; every desk shows it")
	fs.StringVar(&c.Voice, "voice", c.Voice, "program that reads free text aloud (docs/speech.md); espeak-ng where it is installed, none for silence")
	fs.StringVar(&c.TLSCert, "tls-cert", c.TLSCert, "PEM file of the server's certificate: speak HTTPS; a renewed one is taken up without a restart")
	fs.StringVar(&c.TLSKey, "tls-key", c.TLSKey, "PEM file of its key")
	fs.BoolVar(&c.TLSAuto, "tls-auto", c.TLSAuto, "speak HTTPS with a certificate of the hall's own authority, made and renewed in the data directory; /ca.crt gives what machines are to trust")
	fs.BoolVar(&c.TLSPhones, "tls-phones", c.TLSPhones, "answer the pages of visitors' phones on the --tls-redirect address by plain HTTP: phones do not know the hall's own authority")
	fs.StringVar(&c.TLSClientCA, "tls-client-ca", c.TLSClientCA, "PEM file of an authority: agents must show a certificate it signed (motcua device cert)")
	fs.StringVar(&c.TLSFrom, "tls-redirect", c.TLSFrom, "address to listen on with plain HTTP, as :80, which sends everybody to HTTPS")
	fs.StringVar(&c.FirstKeyFile, "first-key-file", c.FirstKeyFile, "write the first administrator's key into this file instead of printing it; it goes once there is a second administrator")
	fs.StringVar(&c.LogLevel, "log", c.LogLevel, "debug, info, warn or error")
	return file
}

// load reads flags and file. The file is read first, so that flags win.
func (c *config) load(fs *flag.FlagSet, args []string) error {
	file := c.flags(fs)
	if err := parse(fs, args, 0); err != nil {
		return err
	}
	if *file == "" {
		return nil
	}
	if err := c.read(*file); err != nil {
		return err
	}
	return parse(fs, args, 0)
}

func (c *config) read(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(c); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return fmt.Errorf("%s line %d: %w", path, 1+bytes.Count(raw[:syntax.Offset], []byte("\n")), err)
		}
		return fmt.Errorf("%s: %w", path, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: something stands behind the settings", path)
	}
	return nil
}

func (c *config) embedded() bool { return c.Store == "" || c.Store == "embedded" }

func (c *config) check() error {
	if !c.embedded() && !strings.HasPrefix(c.Store, "redis://") && !strings.HasPrefix(c.Store, "rediss://") {
		return fmt.Errorf("%w: --store is %q, must be embedded or redis://host:port", errUsage, c.Store)
	}
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	if _, err := c.neighbours(); err != nil {
		return err
	}
	return c.checkTLS()
}
