package pbt

import (
	"math"
	"reflect"
	"testing"
)

// family is a history of four members: 1 copies 0 after the first generation, 3 copies 1
// after the second, and 2 goes on alone but diverges in the last.
func family() History {
	from := func(g, m int) *Place { return &Place{g, m} }
	return History{
		{{Member: 0}, {Member: 1}, {Member: 2}, {Member: 3}},
		{{Member: 0, From: from(0, 0)}, {Member: 1, From: from(0, 0)}, {Member: 2, From: from(0, 2)}, {Member: 3, From: from(0, 3)}},
		{{Member: 0, From: from(1, 0)}, {Member: 1, From: from(1, 1)}, {Member: 2, From: from(1, 2), Score: math.NaN()}, {Member: 3, From: from(1, 1)}},
	}
}

func TestKin(t *testing.T) {
	h := family()
	for _, c := range []struct {
		of   Place
		back int
		want []Place
	}{
		{Place{2, 1}, 0, []Place{{2, 1}}},
		{Place{2, 1}, 1, []Place{{2, 1}, {2, 3}}},
		{Place{2, 1}, 2, []Place{{2, 0}, {2, 1}, {2, 3}}},
		{Place{2, 0}, 1, []Place{{2, 0}}},
		{Place{1, 3}, 9, []Place{{1, 3}}},
		{Place{0, 0}, 9, []Place{{0, 0}}},
	} {
		if got := h.Kin(c.of, c.back); !reflect.DeepEqual(got, c.want) {
			t.Errorf("kin of %v within %d generations: %v, want %v", c.of, c.back, got, c.want)
		}
	}
}

func TestAncestors(t *testing.T) {
	h := family()
	if got, ok := h.Ancestor(Place{2, 3}, 2); !ok || got != (Place{0, 0}) {
		t.Errorf("two generations before: %v %v", got, ok)
	}
	if _, ok := h.Ancestor(Place{2, 3}, 3); ok {
		t.Error("there is an ancestor before the first generation")
	}
	if got := h.Founder(Place{2, 3}); got != (Place{0, 0}) {
		t.Errorf("founder %v", got)
	}
}
