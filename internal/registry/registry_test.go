package registry_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/registry"
)

func TestFamily(t *testing.T) {
	f := registry.New("model.thing", registry.Entry[int]{Name: "one", Member: 1}, registry.Entry[int]{Name: "two", Member: 2})
	f.Register("another", 3)
	if v, err := f.Get("another"); v != 3 || err != nil {
		t.Errorf("another is %v, %v", v, err)
	}
	if names := f.Names(); !slices.Equal(names, []string{"one", "two", "another"}) {
		t.Errorf("names are %v, want them in the order of registration", names)
	}
	if _, err := f.Get("four"); err == nil || !strings.Contains(err.Error(), `model.thing is "four": known are one, two and another`) {
		t.Errorf("an unknown member: %v", err)
	}
	for _, name := range []string{"", "two"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a member called %q was registered", name)
				}
			}()
			f.Register(name, 4)
		}()
	}
}

func TestListed(t *testing.T) {
	for want, names := range map[string][]string{"": nil, "a": {"a"}, "a and b": {"a", "b"}, "a, b and c": {"a", "b", "c"}} {
		if got := registry.Listed(names); got != want {
			t.Errorf("%q is listed as %q, want %q", names, got, want)
		}
	}
}

// A family that is empty says how it gets a member: there are none to list.
func TestGetFromEmptyFamily(t *testing.T) {
	_, err := registry.New[int]("model.thing").Get("four")
	if want := `model.thing is "four": this program has nothing that it may name; docs/extending.md says how to add a member`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
