package compare

import (
	"slices"
	"testing"

	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

// Models are called by what they are: of the last generation of the search, of another one,
// of the finish, a mean.
func TestNames(t *testing.T) {
	c := &comparing{header: run.Header{Search: "pbt"}, models: []run.Model{
		{Place: pbt.Place{Generation: 4, Member: 1}},
		{Place: pbt.Place{Generation: 7, Member: 0}},
		{Place: pbt.Place{Generation: 7, Member: 2}, MeanOf: make([]run.Part, 3)},
		{Place: pbt.Place{Generation: 8, Member: 0}, Anneal: true},
	}}
	var names []string
	for i := range c.models {
		names = append(names, c.name(&c.models[i]))
	}
	if want := []string{"member 1 of generation 4", "member 0", "mean of 3 members", "member 0 of the finish"}; !slices.Equal(names, want) {
		t.Errorf("models are called %q, want %q", names, want)
	}
	c.header.Search = "replay"
	if name := c.name(&c.models[3]); name != "member 0" {
		t.Errorf("one of a replay is called %q", name)
	}
}
