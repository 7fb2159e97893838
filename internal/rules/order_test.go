package rules

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "../.."

// moduleRooms looks at every Go file of the module itself, too: `go test` takes
// an old result for a new one unless it knows which files a test depends on, and
// of those that `go list` reads it knows nothing.
func moduleRooms(t *testing.T) []Room {
	t.Helper()
	err := filepath.WalkDir(module, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && path != module && strings.HasPrefix(entry.Name(), ".") {
			return fs.SkipDir
		}
		if err == nil && strings.HasSuffix(path, ".go") {
			_, err = os.Stat(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	rooms, err := Rooms(module)
	if err != nil {
		t.Fatal(err)
	}
	return rooms
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Every room has its place in ARCHITECTURE.md and imports only rooms below it.
func TestRoomsAreInOrder(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(module, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	order, err := ReadOrder(string(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range order.Faults(moduleRooms(t)) {
		t.Errorf("ARCHITECTURE.md, %q: %s", heading, f)
	}
}

const testOrder = heading + "\n\nIn words, with `code`.\n\n`top` · `autolfads` (root) ·\n`left`, `right` · `bottom`\n\n" + testsAlone + " `suite`.\n"

func TestFaults(t *testing.T) {
	good := []Room{
		{Name: "top", Imports: []string{Root, "bottom"}},
		{Name: Root, Imports: []string{"left", "right"}},
		{Name: "left", Imports: []string{"bottom"}},
		{Name: "right"},
		{Name: "bottom"},
		{Name: "suite", Imports: []string{"top"}},
	}
	for _, c := range []struct {
		name  string
		plant func(rooms []Room) []Room
		want  string
	}{
		{"nothing", func(r []Room) []Room { return r }, ""},
		{"up", func(r []Room) []Room { r[4].Imports = []string{"left"}; return r }, "bottom imports left, which is above it"},
		{"sideways", func(r []Room) []Room { r[2].Imports = []string{"right"}; return r }, "left imports right, which is on the same floor"},
		{"a suite of tests", func(r []Room) []Room { r[0].Imports = []string{"suite"}; return r }, "top imports suite, which is for tests alone"},
		{"one not listed", func(r []Room) []Room { return append(r, Room{Name: "new", Imports: []string{"left"}}) }, "new is missing"},
		{"one that is gone", func(r []Room) []Room { return slices.Delete(r, 3, 4) }, "right is listed and does not exist"},
		{"a suite that is gone", func(r []Room) []Room { return r[:5] }, "suite is listed and does not exist"},
	} {
		order, err := ReadOrder(testOrder)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(order.Faults(c.plant(slices.Clone(good))), "; ")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("planted %s: found %q, want %q", c.name, got, c.want)
		}
	}
}

func TestReadOrderRefuses(t *testing.T) {
	for _, text := range []string{"", heading + "\n\n`a` · `b`\n", heading + "\n\n" + testsAlone} {
		if _, err := ReadOrder(text); err == nil {
			t.Errorf("an order was read from %q", text)
		}
	}
	both, err := ReadOrder(strings.Replace(testOrder, "`suite`", "`top`", 1))
	if err != nil {
		t.Fatal(err)
	}
	if f := both.Faults([]Room{{Name: "top"}}); !slices.Contains(f, "top is listed twice") {
		t.Errorf("a room in both lists: %q", f)
	}
}

func TestFloorsAndBelow(t *testing.T) {
	rooms := []Room{{Name: "a", Imports: []string{"b", "d"}}, {Name: "b", Imports: []string{"c"}}, {Name: "c"}, {Name: "d"}, {Name: "e", Imports: []string{"d"}}}
	floors := Floors(rooms)
	for name, want := range map[string]int{"a": 2, "b": 1, "c": 0, "d": 0, "e": 1} {
		if floors[name] != want {
			t.Errorf("%s is on floor %d, want %d", name, floors[name], want)
		}
	}
	below := Below(rooms, "b", "e")
	for name, want := range map[string]bool{"a": false, "b": true, "c": true, "d": true, "e": true} {
		if below[name] != want {
			t.Errorf("%s below b and e: %v, want %v", name, below[name], want)
		}
	}
}

func TestParseRooms(t *testing.T) {
	const text = `{"ImportPath": "example.com/m", "Dir": "/m", "Imports": ["fmt", "example.com/m/a"]}
{"ImportPath": "example.com/m/a", "Dir": "/m/a", "Imports": ["example.com/more"]}`
	rooms, err := parseRooms("example.com/m", text)
	if err != nil || len(rooms) != 2 {
		t.Fatalf("rooms %v, %v", rooms, err)
	}
	if r := rooms[0]; r.Name != Root || r.Dir != "/m" || !slices.Equal(r.Imports, []string{"a"}) {
		t.Errorf("the root is %+v", r)
	}
	if r := rooms[1]; r.Name != "a" || len(r.Imports) != 0 {
		t.Errorf("a is %+v", r)
	}
	if _, err := parseRooms("m", `{"Dir": 3}`); err == nil {
		t.Error("damaged text was read")
	}
}
