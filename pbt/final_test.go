package pbt

import (
	"math"
	"reflect"
	"testing"
)

// scored is family with scores: the best is member 1 of generation 1, and in the last
// generation member 3, which copied it.
func scored() History {
	h := family()
	for g, scores := range [][]float64{{9, 8, 7, 6}, {3, 1, 5, 2}, {3, 4, math.NaN(), 2}} {
		for m, s := range scores {
			h[g][m].Score = s
		}
	}
	return h
}

func TestFinalOfAPopulation(t *testing.T) {
	p := Population{Config: DefaultConfig()}
	p.Config.FinalDraws, p.Config.MeanGenerations = 0, 0
	if got := p.Final(scored()); !reflect.DeepEqual(got, Final{}) {
		t.Errorf("a search as in the paper ends with %+v", got)
	}
	p.Config.FinalDraws = 8
	members := []Place{{1, 1}, {1, 3}, {2, 3}, {1, 0}, {2, 0}, {2, 1}, {1, 2}}
	needed := []Place{{1, 1}, {1, 3}, {1, 0}, {1, 2}}
	for _, c := range []struct {
		generations int
		means       []Group
	}{
		{0, nil},
		{1, []Group{{Place{1, 1}, []Place{{1, 0}, {1, 1}}}, {Place{2, 3}, []Place{{2, 1}, {2, 3}}}}},
		{2, []Group{{Place{1, 1}, []Place{{1, 0}, {1, 1}}}, {Place{2, 3}, []Place{{2, 0}, {2, 1}, {2, 3}}}}},
	} {
		p.Config.MeanGenerations = c.generations
		if got, want := p.Final(scored()), (Final{members, c.means, needed}); !reflect.DeepEqual(got, want) {
			t.Errorf("within %d generations:\n%+v, want\n%+v", c.generations, got, want)
		}
	}
	if got := p.Final(History{{{Score: math.NaN()}}}); !reflect.DeepEqual(got, Final{}) {
		t.Errorf("of members that all diverged %+v is chosen among", got)
	}
}

// Whoever was annealed is chosen among, too, however many others there are; means are of
// the generations before.
func TestFinalAfterAFinish(t *testing.T) {
	p := Population{Config: DefaultConfig()}
	p.Config.FinalDraws, p.Config.MeanGenerations = 8, 1
	before := p.Final(scored())
	h := append(scored(), []Outcome{
		{Member: 0, Score: .5, From: &Place{1, 1}, Anneal: true}, {Member: 1, Score: 9, From: &Place{1, 2}, Anneal: true}, {Member: 2, Score: math.NaN(), From: &Place{1, 3}, Anneal: true},
	})
	got := p.Final(h)
	want := append(append([]Place{{3, 0}}, before.Members...), Place{3, 1})
	if !reflect.DeepEqual(got, Final{want, before.Means, before.Needed}) {
		t.Errorf("after a finish %+v, before %+v", got, before)
	}
}

// The best of one generation, which is the last, are counted once, and only so many.
func TestFinalOfTheLastGeneration(t *testing.T) {
	h := History{nil}
	for m := range 12 {
		h[0] = append(h[0], Outcome{Member: m, Score: float64(20 - m)})
	}
	p := Population{Config: DefaultConfig()}
	p.Config.FinalDraws = 1
	f := p.Final(h)
	if len(f.Members) != finalists || f.Members[0] != (Place{0, 11}) || f.Members[7] != (Place{0, 4}) || len(f.Needed) != 12 {
		t.Errorf("%+v", f)
	}
}

// Of models that were drawn the best of all rounds stay; whoever is among them in the end
// was all the time.
func TestFinalOfARandomSearch(t *testing.T) {
	r := Random{FinalDraws: 8}
	h := History{{{Member: 0, Score: 3}, {Member: 1, Score: 1}}, {{Member: 2, Score: math.Inf(1)}, {Member: 3, Score: 2}}, {{Member: 4, Score: 4}, {Member: 5, Score: 3}}}
	want := []Place{{0, 1}, {1, 3}, {0, 0}, {2, 5}}
	if got := r.Final(h); !reflect.DeepEqual(got, Final{Members: want, Needed: want}) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := (Random{}).Final(h); !reflect.DeepEqual(got, Final{}) {
		t.Errorf("without draws %+v is chosen among", got)
	}
}

// There can be as many finalists as the search says: ten members in three generations, the
// best of which is the second, all of one line, and a finish of three.
func TestMostFinalists(t *testing.T) {
	var h History
	for g, members := range []int{10, 10, 10, 3} {
		var outcomes []Outcome
		for m := range members {
			o := Outcome{Member: m, Score: math.Abs(float64(g) - 1), Anneal: g == 3}
			if g > 0 {
				o.From = &Place{g - 1, 0}
			}
			outcomes = append(outcomes, o)
		}
		h = append(h, outcomes)
	}
	p := Population{Config: DefaultConfig()}
	p.Config.FinalDraws, p.Config.FinishEpochs, p.Config.MeanGenerations = 8, 5, 1
	if f := p.Final(h); len(f.Members)+len(f.Means) != p.MostFinalists() || p.MostFinalists() != 8+3+2 {
		t.Errorf("%d members and %d means, and at most %d are said", len(f.Members), len(f.Means), p.MostFinalists())
	}
}
