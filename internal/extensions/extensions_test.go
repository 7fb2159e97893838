package extensions

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// wanted skips a test that takes minutes, unless it is asked for.
func wanted(t *testing.T) {
	if os.Getenv("AUTOLFADS_EXTENSIONS") != "1" {
		t.Skip("builds the program several times: run it with AUTOLFADS_EXTENSIONS=1 or `make extensions`")
	}
}

func TestExtensions(t *testing.T) {
	wanted(t)
	patches, err := filepath.Glob(filepath.Join(testenv.Root(), "testdata", "extensions", "*.patch"))
	if err != nil || len(patches) < 5 {
		t.Fatalf("%d patches, want 5 (%v)", len(patches), err)
	}
	dir := copySource(t)
	for _, patch := range patches {
		name := strings.TrimSuffix(filepath.Base(patch), ".patch")
		t.Run(name, func(t *testing.T) { try(t, dir, patch) })
	}
}

// try applies a patch to the copy, tests, plants the mistake, tests again, and puts
// the copy back.
func try(t *testing.T, dir, patch string) {
	m := readMistake(t, strings.TrimSuffix(patch, ".patch")+".wrong")
	succeed(t, dir, "git", "apply", patch)
	defer succeed(t, dir, "git", "apply", "--reverse", patch)
	onlyOneFile(t, dir, patch)
	test := []string{"test", "./" + m.room, "./config", "./internal/rules"}
	if out, err := run(dir, "go", test...); err != nil {
		t.Fatalf("with the patch:\n%s", out)
	}
	right := m.plant(t, dir)
	defer right()
	out, err := run(dir, "go", "test", "./"+m.room)
	if err == nil {
		t.Fatalf("no test of %s notices that %q is %q", m.room, m.right, m.wrong)
	}
	if !strings.Contains(out, "--- FAIL: "+m.suite) {
		t.Fatalf("with the mistake it is not %s that fails:\n%s", m.suite, out)
	}
}

// onlyOneFile checks that a patch adds one file, and a line each to a list and to
// the docs.
func onlyOneFile(t *testing.T, dir, patch string) {
	out := succeed(t, dir, "git", "apply", "--reverse", "--numstat", patch)
	var added []string
	files := 0
	for line := range strings.Lines(out) {
		f := strings.Fields(line) // ADDED REMOVED PATH, of the reverse
		if f[0] != "0" {
			t.Errorf("%s takes lines away from %s", patch, f[2])
		}
		if files++; f[1] != "1" {
			added = append(added, f[2])
		}
	}
	if files != 3 || len(added) != 1 {
		t.Errorf("it is no addition of one file, one line and one row:\n%s", out)
	}
}

// mistake is a wrong sign to plant.
type mistake struct {
	room         string // whose suite must see it
	suite        string // the test that must fail
	file         string
	right, wrong string
}

// readMistake reads NAME.wrong: five lines, in the order of the fields.
func readMistake(t *testing.T, path string) mistake {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	l := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if len(l) != 5 {
		t.Fatalf("%s has %d lines, want room, suite, file, right and wrong", path, len(l))
	}
	return mistake{l[0], l[1], l[2], l[3], l[4]}
}

// plant puts the mistake into the copy. It returns what takes it out.
func (m *mistake) plant(t *testing.T, dir string) (undo func()) {
	path := filepath.Join(dir, filepath.FromSlash(m.file))
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(text), m.right) != 1 {
		t.Fatalf("%s does not hold %q once", m.file, m.right)
	}
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(strings.Replace(string(text), m.right, m.wrong, 1))
	return func() { write(string(text)) }
}

// copySource copies what is committed, or would be: no hidden files, no binaries.
func copySource(t *testing.T) string {
	if _, err := exec.LookPath("git"); err != nil {
		testenv.Missing(t, "git is not installed: it applies the patches")
	}
	root, dir := testenv.Root(), t.TempDir()
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		name, _ := filepath.Rel(root, path)
		switch {
		case err != nil:
			return err
		case e.IsDir() && (strings.HasPrefix(e.Name(), ".") && path != root || name == "bin"):
			return fs.SkipDir
		case e.IsDir():
			return os.MkdirAll(filepath.Join(dir, name), 0o755)
		case !e.Type().IsRegular() || !slices.Contains(copied, filepath.Ext(name)):
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, name), text, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// copied are the kinds of files that the source is made of.
var copied = []string{".go", ".s", ".mod", ".sum", ".md", ".yaml", ".json", ".txt", ".h5", ".csv", ".png", ".html", ".css", ".js"}

func succeed(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	out, err := run(dir, name, args...)
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return out
}

func run(dir, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	// The copy is no repository, and lies in none.
	cmd.Env = append(os.Environ(), "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir), "AUTOLFADS_EXTENSIONS=", "AUTOLFADS_REQUIRE=")
	out, err := cmd.CombinedOutput()
	return string(out), err
}
