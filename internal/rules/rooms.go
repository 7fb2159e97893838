package rules

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// Root is how the package at the root of a module is called here.
const Root = "autolfads"

// Room is a package of the module.
type Room struct {
	Name    string   // its path inside the module; Root for the one at the root
	Dir     string   // where its files lie
	Imports []string // rooms that its files other than tests import, sorted
}

// Rooms lists the packages of the module that dir is the root of, sorted by
// name, as `go list` sees them.
func Rooms(dir string) ([]Room, error) {
	module, err := run(dir, "list", "-m")
	if err != nil {
		return nil, err
	}
	text, err := run(dir, "list", "-json=ImportPath,Dir,Imports", "./...")
	if err != nil {
		return nil, err
	}
	return parseRooms(strings.TrimSpace(module), text)
}

func run(dir string, args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	text, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return "", fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, exit.Stderr)
	}
	return string(text), err
}

// parseRooms reads what `go list -json` writes.
func parseRooms(module, text string) ([]Room, error) {
	var rooms []Room
	for packages := json.NewDecoder(strings.NewReader(text)); ; {
		var p struct {
			ImportPath, Dir string
			Imports         []string
		}
		if err := packages.Decode(&p); err == io.EOF {
			return rooms, nil
		} else if err != nil {
			return nil, err
		}
		name, _ := inside(module, p.ImportPath)
		room := Room{Name: name, Dir: p.Dir}
		for _, path := range p.Imports {
			if name, ok := inside(module, path); ok {
				room.Imports = append(room.Imports, name)
			}
		}
		rooms = append(rooms, room)
	}
}

// inside returns the name of a package of the module.
func inside(module, path string) (name string, ok bool) {
	if path == module {
		return Root, true
	}
	return strings.CutPrefix(path, module+"/")
}

// Below returns the names of the rooms that some rooms are built of, themselves
// among them.
func Below(rooms []Room, names ...string) map[string]bool {
	imports := map[string][]string{}
	for _, r := range rooms {
		imports[r.Name] = r.Imports
	}
	found := map[string]bool{}
	for len(names) > 0 {
		name := names[0]
		names = names[1:]
		if !found[name] {
			found[name] = true
			names = append(names, imports[name]...)
		}
	}
	return found
}

// Floors returns the floor of each room: the length of the longest path of
// imports down from it, 0 for a room that imports no other.
func Floors(rooms []Room) map[string]int {
	imports := map[string][]string{}
	for _, r := range rooms {
		imports[r.Name] = r.Imports
	}
	floors := map[string]int{}
	var floor func(name string) int
	floor = func(name string) int {
		if f, known := floors[name]; known {
			return f
		}
		f := 0
		for _, below := range imports[name] {
			f = max(f, floor(below)+1)
		}
		floors[name] = f
		return f
	}
	for _, r := range rooms {
		floor(r.Name)
	}
	return floors
}
