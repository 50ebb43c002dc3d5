package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"motcua/server/queue"
	"motcua/server/web"
	"motcua/server/web/languages"
	"motcua/server/web/speech"
	"motcua/server/wire"
)

// ownLanguages are the hall's languages beside Vietnamese and English, in DATA/languages.
func ownLanguages(data string, log *slog.Logger) (*languages.Library, error) {
	clips := clipsIn(data)
	speaks := func(tag string) bool {
		index, err := clips.Index(tag)
		return err == nil && len(index) > 0
	}
	return languages.New(speech.Folder(filepath.Join(data, "languages")), texts(), speaks, log)
}

// texts are the tables that are built in.
func texts() fs.FS {
	static, err := fs.Sub(web.FS, "static")
	if err != nil {
		panic(err) // a constant path of an embedded tree
	}
	return static
}

const languageUsage = "motcua language new TAG [--name NAME] | check | record TAG, each with --data DIR; TAG is the code of the language: tyz (Tày), nut (Nùng), hmn (H'Mông)"

// runLanguage helps to add a language: the files to translate, what is wrong with
// them, and what is to be recorded.
func runLanguage(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 && (args[0] == "-h" || args[0] == "--help") {
		fmt.Fprintln(out, languageUsage)
		return nil
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return fmt.Errorf("%w: %s", errUsage, languageUsage)
	}
	set := flag.NewFlagSet("language", flag.ContinueOnError)
	data := set.String("data", "", "data directory of the server")
	name := set.String("name", "", "the language's name, in the language itself")
	what, rest, tag := args[0], args[1:], ""
	if len(rest) > 0 && !strings.HasPrefix(rest[0], "-") { // options may stand before or after it
		tag, rest = rest[0], rest[1:]
	}
	if err := parse(set, rest, 1); err != nil {
		return err
	}
	if tag == "" {
		tag = set.Arg(0)
	}
	if *data == "" || (what != "check" && tag == "") {
		return fmt.Errorf("%w: %s", errUsage, languageUsage)
	}
	switch what {
	case "new":
		return newLanguage(ctx, *data, tag, *name, out)
	case "check":
		return checkLanguages(*data, out)
	case "record":
		return toRecord(ctx, *data, tag, out)
	}
	return fmt.Errorf("%w: %s", errUsage, languageUsage)
}

// newLanguage writes the files to translate.
func newLanguage(ctx context.Context, data, tag, name string, out io.Writer) error {
	if _, err := os.Stat(data); err != nil {
		return fmt.Errorf("there is no server's data in %s: name the directory that motcua serve has as --data", data)
	}
	if name == "" {
		name = tag
	}
	folder, err := languages.WriteTemplate(filepath.Join(data, "languages"), tag, name, texts(), namesOf(hallsOf(ctx, data, "embedded")))
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: translate the sentences there, in any order; what is still Vietnamese is shown in Vietnamese. Then: motcua language check --data %s\n", folder, data)
	return nil
}

// namesOf are the names and sentences of the halls' settings that visitors read.
func namesOf(halls []queue.Settings) []string {
	if len(halls) == 0 {
		halls = []queue.Settings{queue.ProductionSettings("x")}
	}
	var names []string
	for _, set := range halls {
		names = append(names, set.Name.VI)
		names = append(names, wire.SpokenNames(set, "vi")...)
	}
	return names
}

func checkLanguages(data string, out io.Writer) error {
	found := checkTexts(data)
	if len(found) == 0 {
		fmt.Fprintln(out, "there are no languages in", filepath.Join(data, "languages"))
		return nil
	}
	return tell(out, found)
}

// checkTexts says what is to be done in each language of the hall's own.
func checkTexts(data string) []finding {
	library, err := ownLanguages(data, slog.New(slog.DiscardHandler))
	if err != nil {
		return []finding{{what: "languages: " + err.Error()}}
	}
	var found []finding
	for _, r := range library.Check() {
		found = append(found, textsOf(r)...)
	}
	return found
}

func textsOf(r languages.Report) []finding {
	if r.Broken != nil {
		return []finding{{what: fmt.Sprintf("language %s is left out: %v", r.Tag, r.Broken), help: "mend this line; the server takes it up by itself (docs/languages.md)"}}
	}
	own := "language " + r.Tag + ": "
	found := []finding{{ok: true, what: fmt.Sprintf("%s%s, %d of %d sentences; the others are shown in Vietnamese", own, r.Name, r.Texts, r.Of)}}
	for _, x := range []struct {
		list       []string
		what, help string
		bad        bool
	}{
		{r.Places, "sentences without the {places} of the Vietnamese, shown in Vietnamese", "copy each {place} letter by letter", true},
		{r.Unknown, "keys that no screen has", "compare them with those of motcua language new; they do no harm", false},
		{r.Strange, "files that are no table", "compare their names with those of motcua language new; they do no harm", false},
		{r.Long, "sentences that may not fit", "say it in fewer words, or look at the screen in large text", false},
		{r.NotNFC, "sentences whose marks stand beside their letters", "save the file as NFC; the server puts them together meanwhile", false},
	} {
		if len(x.list) > 0 {
			found = append(found, finding{hint: !x.bad, help: x.help, what: fmt.Sprintf("%s%d %s: %s", own, len(x.list), x.what, few(x.list))})
		}
	}
	return found
}

// toRecord lists what the voice of a language lacks, a line each: the key for
// clips.json, a tab, and the words to read into the microphone.
func toRecord(ctx context.Context, data, tag string, out io.Writer) error {
	library, err := ownLanguages(data, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	if _, err := library.Table("kiosk", tag); err != nil {
		return fmt.Errorf("there is no language %s; motcua language check says why", tag)
	}
	needed, err := clipsOf(library, tag, namesOf(hallsOf(ctx, data, "embedded")))
	if err != nil {
		return err
	}
	missing, broken := clipsIn(data).Missing(tag, needed)
	if broken != nil {
		return broken
	}
	for _, c := range needed {
		if slices.Contains(missing, c.Key) {
			fmt.Fprintf(out, "%s\t%s\n", c.Key, c.Say)
		}
	}
	return nil
}

// clipsOf are the clips that a language of the hall's own needs. Numbers, hours
// and days have the keys of the Vietnamese.
func clipsOf(library *languages.Library, tag string, names []string) ([]speech.Clip, error) {
	texts, err := speech.TextsOf(func(table string) (map[string]string, error) { return library.Shown(table, tag), nil })
	own := library.Shown("names", tag)
	for i, name := range names {
		names[i] = cmp.Or(own[name], name)
	}
	needed := slices.DeleteFunc(speech.Needed("vi", texts, names, speech.North), func(c speech.Clip) bool {
		return strings.HasPrefix(c.Key, speech.SouthPrefix) // what Vietnamese says in other words
	})
	return needed, err
}

// checkVoices says what the voices of the hall's own languages lack.
func checkVoices(data string, halls []queue.Settings) []finding {
	library, err := ownLanguages(data, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil // told by checkTexts
	}
	var found []finding
	for _, r := range library.Check() {
		if r.Broken != nil {
			continue
		}
		needed, err := clipsOf(library, r.Tag, namesOf(halls))
		if err != nil {
			return []finding{{what: "voice: " + err.Error()}}
		}
		missing, broken := clipsIn(data).Missing(r.Tag, needed)
		switch {
		case broken != nil:
			found = append(found, finding{what: "voice: " + broken.Error(), help: "mend or remove this clips.json in DATA/speech; until then Vietnamese is read aloud"})
		case len(missing) == len(needed):
			found = append(found, finding{ok: true, what: fmt.Sprintf("voice %s: no clips; Vietnamese is read aloud", r.Tag)})
		case len(missing) > 0:
			found = append(found, finding{hint: true, help: "motcua language record " + r.Tag + " lists all of them",
				what: fmt.Sprintf("voice %s: %d of %d clips are missing and left out: %s", r.Tag, len(missing), len(needed), few(missing))})
		default:
			found = append(found, finding{ok: true, what: fmt.Sprintf("voice %s: all %d clips are there", r.Tag, len(needed))})
		}
	}
	return found
}
