package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"motcua/drivers/agent"
	firmware "motcua/firmware-config"
	"motcua/server/audit"
	"motcua/server/catalogue"
	"motcua/server/hallfile"
	"motcua/server/media"
	"motcua/server/queue"
	"motcua/server/versions"
)

const settingsUsage = "motcua settings export --data DIR --branch ID --to FILE | versions --data DIR --branch ID | import FILE --server URL --key-file FILE --branch ID [--ca FILE | --pin FINGERPRINT] [--dry-run] [--all]"

// settingsFlags are what the three commands take.
type settingsFlags struct {
	data, branch, store, to, server, keyFile string
	ca, pin                                  string
	dry, all                                 bool
}

// runSettings reads settings beside a running server, and hands files of settings to
// one: that one knows who waits.
func runSettings(ctx context.Context, args []string, out io.Writer) error {
	var o settingsFlags
	set := flag.NewFlagSet("settings", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&o.data, "data", "", "data directory of the server")
	set.StringVar(&o.branch, "branch", "", "whose settings")
	set.StringVar(&o.store, "store", "embedded", "embedded, or redis://host:port")
	set.StringVar(&o.to, "to", "", "the file to write")
	set.StringVar(&o.server, "server", "", "address of the running server, as http://127.0.0.1:8080")
	set.StringVar(&o.keyFile, "key-file", "", "a file with an administrator's key")
	set.StringVar(&o.ca, "ca", "", "a file with the authority that an https server's certificate is signed by, as /ca.crt gives it")
	set.StringVar(&o.pin, "pin", "", "the fingerprint of that authority, or of the server's own key, as motcua doctor shows it on the server")
	set.BoolVar(&o.dry, "dry-run", false, "tell what would change, change nothing")
	set.BoolVar(&o.all, "all", false, "also take the name and place, complaints, letterhead, Wi-Fi and clerks of the other hall")
	words, err := wordsAmongFlags(set, args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(out, settingsUsage)
		return nil
	}
	usage := fmt.Errorf("%w: %s", errUsage, settingsUsage)
	if err != nil {
		return fmt.Errorf("%w: %w; %s", errUsage, err, settingsUsage)
	}
	switch {
	case len(words) == 0 || o.branch == "":
		return usage
	case words[0] == "export" && len(words) == 1 && o.data != "" && o.to != "":
		return exportSettings(ctx, o, out)
	case words[0] == "versions" && len(words) == 1 && o.data != "":
		return listVersions(ctx, o, out)
	case words[0] == "import" && len(words) == 2 && o.server != "" && o.keyFile != "":
		return importSettings(ctx, words[1], o, out)
	}
	return usage
}

// exportSettings writes a branch's settings, with what belongs to them, as one file.
// The line about it is in the audit log first.
func exportSettings(ctx context.Context, o settingsFlags, out io.Writer) error {
	var set *queue.Settings
	for _, hall := range hallsOf(ctx, o.data, o.store) {
		if hall.ID == o.branch {
			set = &hall
		}
	}
	if set == nil {
		return fmt.Errorf("there is no branch %q in this store", o.branch)
	}
	from := hallfile.Place{Dir: o.data, Media: media.Look(filepath.Join(o.data, "media"))}
	book, err := catalogue.Open(ctx, filepath.Join(o.data, catalogueFile))
	if err != nil {
		return err
	}
	defer book.Close()
	from.Book = book
	file, err := hallfile.Prepare(ctx, *set, from, Version, time.Now())
	if err != nil {
		return err
	}
	line := audit.Line{Action: audit.SettingsExport, Branch: o.branch, Object: filepath.Base(o.to)}
	if err := commanded(ctx, o.data, line, nil, nil, func() error { return writeTo(o.to, file.Write) }); err != nil {
		return err
	}
	fmt.Fprintf(out, "settings of %s, version %d, with %d more files in %s\n", o.branch, set.Version, len(file.Manifest.Files)-1, o.to)
	return nil
}

// writeTo writes a new file, whole or not at all, for its owner to read: it may hold
// a Wi-Fi password.
func writeTo(path string, write func(io.Writer) error) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // gone already when all went well
	if err := errors.Join(write(temp), temp.Sync(), temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}

// shownChanges is how many changes of a version, or of a file, are printed.
const shownChanges = 10

func listVersions(ctx context.Context, o settingsFlags, out io.Writer) error {
	book, err := versions.Look(ctx, filepath.Join(o.data, versions.File))
	if err != nil {
		return err
	}
	defer book.Close()
	list, _, err := book.List(ctx, o.branch, 0, versions.Most)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return fmt.Errorf("no version of %s is kept", o.branch)
	}
	for _, v := range list {
		at := time.UnixMilli(v.At).In(queue.Zone).Format("2006-01-02 15:04")
		fmt.Fprintf(out, "%5d  %s  %s, %d changes\n", v.Version, at, cmp.Or(v.Who, "-"), len(v.Changes))
		for _, c := range v.Changes[:min(len(v.Changes), shownChanges)] {
			fmt.Fprintf(out, "       %s: %.60q -> %.60q\n", c.Path, c.Before, c.After)
		}
	}
	return nil
}

// importSettings hands a file to a running server, which checks it against the hall.
func importSettings(ctx context.Context, path string, o settingsFlags, out io.Writer) error {
	key, err := os.ReadFile(o.keyFile)
	if err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	query := url.Values{}
	for name, on := range map[string]bool{"dry": o.dry, "all": o.all} {
		if on {
			query.Set(name, "1")
		}
	}
	address := strings.TrimSuffix(o.server, "/") + "/api/v1/branches/" + url.PathEscape(o.branch) + "/settings/file?" + query.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, file)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(key)))
	request.Header.Set("Content-Type", "application/zip")
	request.Header.Set("Accept-Language", "en")
	trust, err := agent.Trust(&firmware.Site{CA: o.ca, Pin: strings.ToLower(o.pin)}, o.server)
	if err != nil {
		return err
	}
	client := http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: trust}}
	defer client.CloseIdleConnections()
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(answer.Body, 16<<20))
	if err != nil {
		return err
	}
	return toldImport(answer.StatusCode, raw, out)
}

// imported is what the server says of a file.
type imported struct {
	Title, Detail string // of a refusal
	Version       int
	Done          bool
	Changes       []struct {
		Name          queue.Text
		Before, After string
	}
	Problems []struct{ Name, What queue.Text }
	Refusal  *struct{ Title queue.Text }
	hallfile.Plan
}

func toldImport(status int, raw []byte, out io.Writer) error {
	var a imported
	if err := json.NewDecoder(bytes.NewReader(raw)).Decode(&a); err != nil {
		return fmt.Errorf("this is no server of Một Cửa: status %d", status)
	}
	if status != http.StatusOK {
		return fmt.Errorf("%s %s", a.Title, a.Detail)
	}
	for _, c := range a.Changes[:min(len(a.Changes), shownChanges)] {
		fmt.Fprintf(out, "%s: %.60q -> %.60q\n", c.Name.EN, c.Before, c.After)
	}
	fmt.Fprintf(out, "%d changes of settings, %d pictures and films, %d tables of words and languages, %d procedures; %d procedures are unknown here\n",
		len(a.Changes), len(a.Media), len(a.Texts), len(a.Procedures), len(a.Unknown))
	for _, p := range a.Problems {
		fmt.Fprintf(out, "%s: %s\n", p.Name.EN, p.What.EN)
	}
	switch {
	case a.Refusal != nil:
		return errors.New(a.Refusal.Title.EN)
	case len(a.Problems) > 0:
		return fmt.Errorf("%d problems: nothing would be taken over", len(a.Problems))
	case a.Done:
		fmt.Fprintf(out, "taken over: version %d\n", a.Version)
	default:
		fmt.Fprintln(out, "dry run: nothing was changed")
	}
	return nil
}
