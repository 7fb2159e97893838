package rules

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Order is the order of rooms that ARCHITECTURE.md gives.
type Order struct {
	height map[string]int  // of each room; rooms of the same height do not import each other
	tests  map[string]bool // rooms that tests alone import
}

// heading and testsAlone begin the two parts of the order. The first paragraph
// below the heading that begins with a quoted name has the floors, highest first
// and parted by dots, with commas between the rooms of one.
const (
	heading    = "## The rooms, highest first"
	testsAlone = "Imported by tests alone:"
)

var quoted = regexp.MustCompile("`([^`]+)`")

// ReadOrder reads the order from the text of ARCHITECTURE.md.
func ReadOrder(text string) (Order, error) {
	_, list, found := strings.Cut(text, heading)
	if !found {
		return Order{}, fmt.Errorf("no heading %q", heading)
	}
	list, tests, found := strings.Cut(list, testsAlone)
	_, list, begins := strings.Cut(list, "\n\n`")
	if !found || !begins {
		return Order{}, fmt.Errorf("no list of floors, or no line %q, below %q", testsAlone, heading)
	}
	o := Order{height: map[string]int{}, tests: map[string]bool{}}
	floors := strings.Split("`"+list, "·")
	for i, floor := range floors {
		for _, name := range quoted.FindAllStringSubmatch(floor, -1) {
			o.height[name[1]] = len(floors) - i
		}
	}
	for _, name := range quoted.FindAllStringSubmatch(tests, -1) {
		o.tests[name[1]] = true
	}
	return o, nil
}

// Faults says in a sentence each where rooms are not as the order has them.
func (o Order) Faults(rooms []Room) []string {
	var faults []string
	there := map[string]bool{}
	for _, r := range rooms {
		there[r.Name] = true
		faults = append(faults, o.faultsOf(r)...)
	}
	for _, names := range [][]string{slices.Sorted(maps.Keys(o.height)), slices.Sorted(maps.Keys(o.tests))} {
		for _, name := range names {
			if !there[name] {
				faults = append(faults, fmt.Sprintf("%s is listed and does not exist", name))
			}
		}
	}
	return faults
}

func (o Order) faultsOf(r Room) []string {
	own, listed := o.height[r.Name]
	switch {
	case listed && o.tests[r.Name]:
		return []string{fmt.Sprintf("%s is listed twice", r.Name)}
	case o.tests[r.Name]:
		return nil // may import any: nothing but tests stands on it
	case !listed:
		return []string{fmt.Sprintf("%s is missing from the list: put it above all that it imports (%s)", r.Name, strings.Join(r.Imports, ", "))}
	}
	var faults []string
	for _, name := range r.Imports {
		height, listed := o.height[name]
		switch {
		case o.tests[name]:
			faults = append(faults, fmt.Sprintf("%s imports %s, which is for tests alone", r.Name, name))
		case listed && height == own:
			faults = append(faults, fmt.Sprintf("%s imports %s, which is on the same floor", r.Name, name))
		case listed && height > own:
			faults = append(faults, fmt.Sprintf("%s imports %s, which is above it", r.Name, name))
		}
	}
	return faults
}
