package rules_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/rules"
	"github.com/autolfads/autolfads/internal/testenv"
)

// eachFile holds every file of the module, other than tests, to a rule.
func eachFile(t *testing.T, of func(room string) bool, rule func(path, source string) ([]string, error)) {
	t.Helper()
	rooms, err := rules.Rooms(testenv.Root())
	if err != nil {
		t.Fatal(err)
	}
	for _, room := range rooms {
		if !of(room.Name) {
			continue
		}
		paths, err := filepath.Glob(filepath.Join(room.Dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name, _ := filepath.Rel(testenv.Root(), path)
			faults, err := rule(name, string(source))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range faults {
				t.Error(f)
			}
		}
	}
}

func TestFilesAreShort(t *testing.T) {
	eachFile(t, func(string) bool { return true }, rules.TooLong)
}

// In internal/kernel the reason is one for all: see its doc.go.
func TestArgumentsAreFew(t *testing.T) {
	eachFile(t, func(room string) bool { return room != "internal/kernel" && room != rules.Root }, rules.Crowded)
}

// What is exported can be used from outside.
func TestDoorsAreOpen(t *testing.T) {
	eachFile(t, func(room string) bool {
		return !strings.HasPrefix(room, "internal/") && !strings.HasPrefix(room, "cmd/")
	}, rules.Closed)
}

// The rules see what they are for, and nothing else.
func TestRulesSeePlantedFaults(t *testing.T) {
	const head = "package p\n\nimport (\n\t\"example.org/x/internal/kernel\"\n\t\"example.org/x/nn\"\n)\n\n"
	for _, c := range []struct {
		source string
		rule   func(path, source string) ([]string, error)
		want   string
	}{
		{"func F(k kernel.Level) {}", rules.Closed, "F names kernel.Level"},
		{"func F() (n int, k *kernel.Level) { return }", rules.Closed, "F names kernel.Level"},
		{"type T struct{ K []kernel.Level }", rules.Closed, "T names kernel.Level"},
		{"type T interface{ M(map[int]kernel.Level) }", rules.Closed, "T names kernel.Level"},
		{"type T int\n\nfunc (t *T) M(f func(kernel.Level)) {}", rules.Closed, "M names kernel.Level"},
		{"var V kernel.Level", rules.Closed, "V names kernel.Level"},
		{"type T struct{ k kernel.Level }", rules.Closed, ""},
		{"type t struct{ K kernel.Level }", rules.Closed, ""},
		{"func f(k kernel.Level) {}", rules.Closed, ""},
		{"func F(t nn.Tensor) { kernel.Use() }", rules.Closed, ""},
		{"func f(a, b, c int, d, e, f, g string) {}", rules.Crowded, "f takes 7 arguments"},
		{"func f(a, b, c int, d, e, f string) {}", rules.Crowded, ""},
		{"// f has seven arguments, for it is called in a loop.\nfunc f(a, b, c int, d, e, f, g string) {}", rules.Crowded, ""},
		{strings.Repeat("\n", 300), rules.TooLong, "lines, more than 300"},
	} {
		faults, err := c.rule("p.go", head+c.source)
		if err != nil {
			t.Fatal(err)
		}
		if all := strings.Join(faults, "\n"); c.want == "" && all != "" || !strings.Contains(all, c.want) {
			t.Errorf("%s\nit finds %q, want %q", c.source, all, c.want)
		}
	}
}
