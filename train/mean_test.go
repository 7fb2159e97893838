package train

import (
	"strings"
	"testing"
)

// Nobody trains on a mean of weights: it has no moments.
func TestMeanIsNotTrained(t *testing.T) {
	m := newMember(t, Identity{Seed: 1}, 1, nil)
	epochs(t, m, 1)
	s := m.State()
	for _, goOn := range []func() error{func() error { return m.Inherit(s) }, func() error { return m.Resume(s) }} {
		if err := goOn(); err != nil {
			t.Fatal(err)
		}
	}
	s.MeanOf = []string{"2/0", "2/5"}
	for _, goOn := range []func() error{func() error { return m.Inherit(s) }, func() error { return m.Resume(s) }} {
		if err := goOn(); err == nil || !strings.Contains(err.Error(), "mean of the weights of 2 members (2/0, 2/5)") {
			t.Errorf("said: %v", err)
		}
	}
}
