package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/staff"
)

const userUsage = "motcua user list | add LOGIN --name NAME --role ROLE [--branch ID] [--first] | password LOGIN | unlock LOGIN | off LOGIN | on LOGIN, " +
	"each with --data DIR; ROLE is clerk, guide, head, reader or admin; --first makes the first administrator of a new server; " +
	"a password is made and shown once, to be changed at the first login, unless --password-stdin gives one"

// userWords is what was asked of motcua user.
type userWords struct {
	what, login, data string
	account           staff.Account
	first, stdin      bool
	in                io.Reader
}

// runUser manages people's accounts, beside a running server or without one: the
// server reads what changed within seconds.
func runUser(ctx context.Context, args []string, out io.Writer) error {
	w, err := userArgs(args)
	if err != nil {
		return err
	}
	w.in = os.Stdin
	return w.run(ctx, out)
}

func userArgs(args []string) (userWords, error) {
	usage := fmt.Errorf("%w: %s", errUsage, userUsage)
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return userWords{}, usage
	}
	w := userWords{what: args[0]}
	set := flag.NewFlagSet("user", flag.ContinueOnError)
	set.StringVar(&w.data, "data", "", "data directory of the server")
	set.StringVar(&w.account.Name, "name", "", "the person's name")
	role := set.String("role", string(staff.Admin), "clerk, guide, head, reader (inspector) or admin")
	set.StringVar(&w.account.Branch, "branch", "", "the branch it belongs to; empty for all, which readers and admins may be")
	set.BoolVar(&w.first, "first", false, "add: the first administrator, also before the server's first start")
	set.BoolVar(&w.stdin, "password-stdin", false, "add, password: read the password from the standard input")
	rest := args[1:]
	if len(rest) > 0 && !strings.HasPrefix(rest[0], "-") { // options may stand before or after it
		w.login, rest = rest[0], rest[1:]
	}
	if err := parse(set, rest, 1); err != nil {
		return w, err
	}
	if w.login == "" {
		w.login = set.Arg(0)
	}
	w.account.Role, w.account.Login = staff.Role(*role), w.login
	known := []string{"list", "add", "password", "unlock", "off", "on"}
	if w.data == "" || !slices.Contains(known, w.what) || (w.what == "list") != (w.login == "") {
		return w, usage
	}
	return w, nil
}

func (w *userWords) run(ctx context.Context, out io.Writer) error {
	file := filepath.Join(w.data, "staff.db")
	if w.first && w.what == "add" {
		if err := os.MkdirAll(w.data, 0o700); err != nil {
			return err
		}
	} else if _, err := os.Stat(file); err != nil {
		return fmt.Errorf("there is no server's data in %s: name the directory that motcua serve has as --data, or begin with add LOGIN --first", w.data)
	}
	book, err := staff.Open(ctx, file, staff.Options{Clock: queue.SystemClock, Rand: rand.Reader})
	if err != nil {
		return err
	}
	defer book.Close()
	switch w.what {
	case "list":
		return listUsers(book, out)
	case "add":
		return w.add(ctx, book, out)
	}
	i := slices.IndexFunc(book.Accounts(), func(a staff.Account) bool { return a.Login == strings.ToLower(w.login) })
	if i < 0 {
		return fmt.Errorf("nobody logs in as %s; motcua user list shows who does", w.login)
	}
	return w.on(ctx, book, out, book.Accounts()[i])
}

func listUsers(book *staff.Staff, out io.Writer) error {
	for _, a := range book.Accounts() {
		var marks []string
		for _, m := range []struct {
			says string
			so   bool
		}{{"off", a.Off}, {"locked until " + a.Locked.In(queue.Zone).Format("15:04 02/01"), time.Now().Before(a.Locked)},
			{"second factor", a.Factor}, {"must change the password", a.Renew}} {
			if m.so {
				marks = append(marks, m.says)
			}
		}
		where := a.Branch
		if where == "" {
			where = "all"
		}
		fmt.Fprintf(out, "%-20s %-8s %-10s %s  %s\n", a.Login, a.Role, where, a.Name, strings.Join(marks, ", "))
	}
	return nil
}

func (w *userWords) add(ctx context.Context, book *staff.Staff, out io.Writer) error {
	if w.first {
		w.account.Role, w.account.Branch = staff.Admin, ""
		if slices.ContainsFunc(book.Accounts(), func(a staff.Account) bool { return a.Role == staff.Admin && !a.Off }) {
			return errors.New("there is an administrator already: log in as one and add people under #/people, or leave --first out")
		}
	}
	if w.account.Name == "" {
		w.account.Name = w.login
	}
	if held := branchesOf(ctx, w.data); w.account.Branch != "" && len(held) > 0 && !slices.Contains(held, w.account.Branch) {
		return fmt.Errorf("there is no branch %q here, only %s", w.account.Branch, strings.Join(held, ", "))
	}
	rules := w.rules(ctx, w.account.Branch)
	password, err := w.password(book, w.account.Role, rules)
	if err != nil {
		return err
	}
	w.account.Renew = !w.stdin
	err = commanded(ctx, w.data, audit.Line{Action: audit.AccountMake, Branch: w.account.Branch, Object: w.login}, nil,
		map[string]any{"name": w.account.Name, "role": w.account.Role}, func() error {
			_, err := book.AddAccount(ctx, w.account, password, rules)
			return err
		})
	if err != nil {
		return userSentence(err)
	}
	fmt.Fprintf(out, "%s (%s) may log in as %s%s\n", w.account.Name, w.account.Role, strings.ToLower(w.login), w.shown(password))
	return nil
}

// on does what is asked of an account that there is.
func (w *userWords) on(ctx context.Context, book *staff.Staff, out io.Writer, a staff.Account) error {
	line := audit.Line{Branch: a.Branch, Object: a.Login}
	var said string
	var change func() error
	switch w.what {
	case "password":
		rules := w.rules(ctx, a.Branch)
		password, err := w.password(book, a.Role, rules)
		if err != nil {
			return err
		}
		line.Action, said = audit.AccountPassword, "has a new password"+w.shown(password)
		change = func() error { return book.SetPassword(ctx, a.ID, password, !w.stdin, rules) }
	case "unlock":
		line.Action, said = audit.AccountUnlock, "may log in again"
		change = func() error { return book.Unlock(ctx, a.ID) }
	default:
		line.Action, said = audit.AccountSave, "may log in"
		if w.what == "off" {
			said = "may not log in any more"
		}
		changed := a
		changed.Off = w.what == "off"
		change = func() error { _, err := book.SaveAccount(ctx, changed); return err }
	}
	if err := commanded(ctx, w.data, line, nil, nil, change); err != nil {
		return userSentence(err)
	}
	fmt.Fprintf(out, "%s (%s) %s\n", a.Name, a.Login, said)
	return nil
}

// password reads the password, or makes one.
func (w *userWords) password(book *staff.Staff, role staff.Role, rules queue.PeopleSetting) (string, error) {
	if !w.stdin {
		return book.OneTimePassword(rules.LeastLength(role == staff.Admin))
	}
	text, err := bufio.NewReader(io.LimitReader(w.in, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(text, "\r\n"), nil
}

func (w *userWords) shown(password string) string {
	if w.stdin {
		return ""
	}
	return "; the password, shown once and to be changed at the first login: " + password
}

// rules are those of the branch; for an account of all, the strictest of all branches.
func (w *userWords) rules(ctx context.Context, branch string) queue.PeopleSetting {
	var rules []queue.PeopleSetting
	for _, set := range hallsOf(ctx, w.data, "embedded") {
		if set.ID == branch || branch == "" {
			rules = append(rules, set.People)
		}
	}
	return queue.StrictestPeople(rules)
}

// userSentence says an error of the book as a person can use it.
func userSentence(err error) error {
	var weak *staff.PasswordError
	var wrong *staff.AccountError
	switch {
	case errors.Is(err, staff.ErrLastAdmin):
		return errors.New("this is the last administrator: make another one first")
	case errors.Is(err, staff.ErrLoginTaken):
		return errors.New("another person logs in by this name")
	case errors.As(err, &wrong):
		return fmt.Errorf("the %s is not good: a login name is 2 to 40 of a-z 0-9 . _ -; clerks, guides and heads of hall belong to a --branch", wrong.Field)
	case errors.As(err, &weak):
		return fmt.Errorf("the password is not good (%s): at least %d characters, two kinds of them, nothing that everybody tries, not the login name, none of the last three", weak.Why, weak.Least)
	}
	return err
}
