package image

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// What the compose files may say; anything else is a slip of the pen.
type (
	project struct {
		Name     string
		Services map[string]service
		Networks map[string]struct{ Internal bool }
		Volumes  map[string]any
	}
	service struct {
		Build struct {
			Context, Dockerfile string
		}
		Image       string
		Command     []string
		User        string
		DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
		Ports       []string
		Networks    []string
		Volumes     []string
		ReadOnly    bool `yaml:"read_only"`
		Tmpfs       []string
		CapDrop     []string `yaml:"cap_drop"`
		SecurityOpt []string `yaml:"security_opt"`
		MemLimit    string   `yaml:"mem_limit"`
		PidsLimit   int      `yaml:"pids_limit"`
		Restart     string
		StopGrace   string `yaml:"stop_grace_period"`
		Healthcheck struct {
			Test              []string
			Interval, Timeout string
			StartPeriod       string `yaml:"start_period"`
			Retries           int
		}
		Logging struct {
			Driver  string
			Options map[string]string
		}
	}
)

func compose(t *testing.T, name string) (p project) {
	t.Helper()
	if err := yaml.UnmarshalWithOptions([]byte(read(t, "docker/"+name)), &p, yaml.Strict()); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return p
}

func TestCompose(t *testing.T) {
	for name, services := range map[string][]string{"compose.yaml": {"server", "valkey"}, "compose.embedded.yaml": {"server"}} {
		t.Run(name, func(t *testing.T) {
			p := compose(t, name)
			if len(p.Services) != len(services) {
				t.Errorf("%d services, want %v", len(p.Services), services)
			}
			for _, id := range services {
				p.check(t, id)
			}
			server := p.Services["server"]
			if _, err := os.Stat(filepath.Join(top, "docker", server.Build.Context, server.Build.Dockerfile)); err != nil {
				t.Error(err)
			}
			if want := words(t, one(t, lastStage(t), "CMD")); !slices.Equal(server.Command[:len(want)], want) {
				t.Errorf("the command is %q, the image's %q", server.Command, want)
			}
			if !slices.Equal(server.Healthcheck.Test, []string{"CMD", "/motcua", "doctor", "--ready"}) {
				t.Errorf("health: %q", server.Healthcheck.Test)
			}
		})
	}
}

// check looks at what holds for every container of ours.
func (p project) check(t *testing.T, id string) {
	t.Helper()
	s, ok := p.Services[id]
	if !ok {
		t.Fatalf("no service %s", id)
	}
	if !s.ReadOnly || !slices.Equal(s.CapDrop, []string{"ALL"}) || !slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
		t.Errorf("%s may write to its root or has rights it does not need", id)
	}
	if s.MemLimit == "" || s.PidsLimit == 0 || s.Restart != "unless-stopped" || len(s.Healthcheck.Test) == 0 || s.Logging.Options["max-size"] == "" {
		t.Errorf("%s: memory, processes, restart, health and the log's size must be bounded", id)
	}
	for other, on := range s.DependsOn {
		if _, ok := p.Services[other]; !ok || on.Condition != "service_healthy" {
			t.Errorf("%s waits for %s, %s", id, other, on.Condition)
		}
	}
	for _, n := range s.Networks {
		if _, ok := p.Networks[n]; !ok {
			t.Errorf("%s: no network %s", id, n)
		}
	}
	for _, v := range s.Volumes {
		source, _, _ := strings.Cut(v, ":")
		if strings.HasPrefix(source, ".") {
			if _, err := os.Stat(filepath.Join(top, "docker", source)); err != nil {
				t.Error(err)
			}
		} else if _, ok := p.Volumes[source]; !ok {
			t.Errorf("%s: no volume %s", id, source)
		}
	}
}

// TestStoreIsAlone: nobody but the server reaches the Valkey, and the server asks
// for it by its name.
func TestStoreIsAlone(t *testing.T) {
	p := compose(t, "compose.yaml")
	store := p.Services["valkey"]
	if len(store.Ports) > 0 || !slices.Equal(store.Networks, []string{"store"}) || !p.Networks["store"].Internal || store.User == "" {
		t.Errorf("the store can be reached from elsewhere: %+v", store)
	}
	if !slices.Contains(p.Services["server"].Command, "redis://valkey:6379") || !slices.Contains(p.Services["server"].Networks, "store") {
		t.Error("the server does not reach its store")
	}
	if !slices.Contains(store.Command, "/etc/valkey/valkey.conf") || !slices.Contains(store.Volumes, "./valkey.conf:/etc/valkey/valkey.conf:ro") {
		t.Error("the store does not read its settings")
	}
}
