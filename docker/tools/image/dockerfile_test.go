package image

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// top is the project's folder, which the image is built from.
const top = "../../.."

// instruction is a line of a Dockerfile, continued lines joined.
type instruction struct {
	word string
	rest string
}

func dockerfile(t *testing.T) []instruction {
	t.Helper()
	text := strings.ReplaceAll(read(t, "docker/Dockerfile"), "\\\n", " ")
	var list []instruction
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		list = append(list, instruction{word, strings.TrimSpace(rest)})
	}
	return list
}

// lastStage gives what follows the last FROM, with that.
func lastStage(t *testing.T) []instruction {
	t.Helper()
	all := dockerfile(t)
	for i := range slices.Backward(all) {
		if all[i].word == "FROM" {
			return all[i:]
		}
	}
	t.Fatal("no FROM")
	return nil
}

func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(top, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// one gives the only instruction of a name.
func one(t *testing.T, stage []instruction, word string) string {
	t.Helper()
	var found []string
	for _, i := range stage {
		if i.word == word {
			found = append(found, i.rest)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d times %s", len(found), word)
	}
	return found[0]
}

// words reads the exec form: an image without a shell has no other.
func words(t *testing.T, rest string) (list []string) {
	t.Helper()
	if err := json.Unmarshal([]byte(rest), &list); err != nil || len(list) == 0 {
		t.Fatalf("not a list of words: %s", rest)
	}
	return list
}

// copied is one file or folder of the image.
type copied struct {
	from, source, target, owner string // from is a stage, "" for the project's folder
}

func copies(t *testing.T, stage []instruction) (list []copied) {
	t.Helper()
	for _, i := range stage {
		if i.word != "COPY" {
			continue
		}
		var c copied
		var paths []string
		for _, word := range strings.Fields(i.rest) {
			if from, ok := strings.CutPrefix(word, "--from="); ok {
				c.from = from
			} else if owner, ok := strings.CutPrefix(word, "--chown="); ok {
				c.owner = owner
			} else {
				paths = append(paths, word)
			}
		}
		if len(paths) < 2 {
			t.Fatalf("COPY %s", i.rest)
		}
		last := len(paths) - 1
		for _, source := range paths[:last] {
			c.source, c.target = source, paths[last]
			if strings.HasSuffix(c.target, "/") {
				c.target += filepath.Base(source)
			}
			list = append(list, c)
		}
	}
	return list
}

func TestLastStage(t *testing.T) {
	stage := lastStage(t)
	if stage[0].rest != "scratch" {
		t.Errorf("the image stands on %s", stage[0].rest)
	}
	user := one(t, stage, "USER")
	if user == "0:0" || strings.HasPrefix(user, "root") {
		t.Errorf("the image runs as %s", user)
	}
	if line := read(t, "docker/image/passwd"); !strings.Contains(line, ":x:"+user+":") {
		t.Errorf("no line of docker/image/passwd is %s: %s", user, line)
	}
	if group := read(t, "docker/image/group"); !strings.HasSuffix(strings.TrimSpace(group), ":x:"+strings.Split(user, ":")[1]+":") {
		t.Errorf("docker/image/group: %s", group)
	}
	program := words(t, one(t, stage, "ENTRYPOINT"))
	command := words(t, one(t, stage, "CMD"))
	_, health, _ := strings.Cut(one(t, stage, "HEALTHCHECK"), "CMD ")
	if got := words(t, health); !slices.Equal(got, []string{program[0], "doctor", "--ready"}) {
		t.Errorf("the health check is %q", got)
	}
	volume := one(t, stage, "VOLUME")
	if !slices.Equal(command, []string{"serve", "--data", volume, "--addr", ":" + one(t, stage, "EXPOSE")}) {
		t.Errorf("the command is %q", command)
	}
	targets := map[string]copied{}
	for _, c := range copies(t, stage) {
		targets[c.target] = c
		if _, err := os.Stat(filepath.Join(top, c.source)); c.from == "" && err != nil {
			t.Error(err)
		}
	}
	if targets[program[0]].from == "" || targets[volume].owner != user {
		t.Errorf("the program or the data folder is missing, or not the user's: %v", targets)
	}
	for _, i := range stage {
		if i.word == "RUN" {
			t.Errorf("nothing runs in an empty image: RUN %s", i.rest)
		}
	}
}

// TestBuildStage: its Go is the one go.mod asks for, and what the build reads is let through.
func TestBuildStage(t *testing.T) {
	all := dockerfile(t)
	image, _, _ := strings.Cut(all[0].rest, " ")
	for line := range strings.Lines(read(t, "go.mod")) {
		if version, ok := strings.CutPrefix(line, "go "); ok {
			parts := strings.Split(strings.TrimSpace(version), ".")
			if want := fmt.Sprintf("golang:%s.%s-", parts[0], parts[1]); !strings.HasPrefix(image, want) {
				t.Errorf("built with %s, go.mod asks for %s", image, want)
			}
		}
	}
	let := map[string]bool{}
	for line := range strings.Lines(read(t, "docker/Dockerfile.dockerignore")) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "!"); ok {
			let[name] = true
			if _, err := os.Stat(filepath.Join(top, name)); err != nil {
				t.Error(err)
			}
		}
	}
	list := exec.Command("go", "list", "-deps", "-f", "{{if and .Module .Module.Main}}{{.ImportPath}}{{end}}", "./server")
	list.Dir = top
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range strings.Fields(string(out)) {
		if first := strings.Split(pkg, "/")[1]; !let[first] {
			t.Errorf("%s is needed, and the build does not see %s", pkg, first)
		}
	}
	for _, c := range copies(t, lastStage(t)) {
		if c.from == "" && !let[filepath.Dir(c.source)] {
			t.Errorf("%s is copied, and the build does not see it", c.source)
		}
	}
}
