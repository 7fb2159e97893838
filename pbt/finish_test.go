package pbt

import (
	"math"
	"testing"
)

// finishing is a population that ends with a finish.
func finishing() Population {
	p := testPopulation()
	p.Config.MaxGenerations, p.Config.FinishEpochs, p.Config.StopRatio = 3, 7, 0
	return p
}

// After the last generation the best members of distinct lines anneal, then the search is
// over; the epochs of both are within what was announced.
func TestFinish(t *testing.T) {
	p := finishing()
	h := replay(p, [][]float64{{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 9, 9, 9}})
	d := p.Next(h)
	if d.Status != Continue || len(d.Units) == 0 || len(d.Units) > maxFinishers {
		t.Fatalf("after the last generation: %+v", d)
	}
	lines, spent := map[Place]bool{}, 0
	var finish []Outcome
	for i, u := range d.Units {
		if u.Member != i || !u.Anneal || u.Epochs != 7 || u.From == nil || u.Single {
			t.Errorf("unit %d is %+v", i, u)
		}
		lines[h.Founder(*u.From)] = true
		finish = append(finish, Outcome{Member: u.Member, Score: .5, From: u.From, Epochs: u.Epochs, Hyper: u.Hyper, Anneal: true})
	}
	if *d.Units[0].From != (Place{0, 0}) {
		t.Errorf("the first to anneal is %v, the best of all is member 0 of generation 0", d.Units[0].From)
	}
	if len(lines) != len(d.Units) {
		t.Errorf("%d members of %d lines anneal", len(d.Units), len(lines))
	}
	full := append(h, finish)
	for _, outcomes := range full {
		for _, o := range outcomes {
			spent += o.Epochs
		}
	}
	if most := p.MostEpochs(); spent > most || spent < most-2*7 {
		t.Errorf("%d epochs are spent, %d were announced", spent, most)
	}
	if end := p.Next(full); end.Status != Finished || end.Reason != "reached pbt.max_generations, 3" {
		t.Errorf("after the finish: %+v", end)
	}
	if best, _ := full.Best(); best != (Place{3, 0}) {
		t.Errorf("the best is %v", best)
	}
}

// Where the finish diverges, or there is nobody to anneal, the search ends all the same.
func TestFinishWithoutScores(t *testing.T) {
	p, nan := finishing(), math.NaN()
	h := replay(p, [][]float64{{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 9, nan, 9}})
	lost := []Outcome{{Member: 0, Score: nan, From: &Place{0, 0}, Anneal: true}}
	if end := p.Next(append(h, lost)); end.Status != Finished {
		t.Errorf("after a finish that diverged: %+v", end)
	}
	none := replay(p, [][]float64{{nan, nan, nan, nan}, {nan, nan, nan, nan}, {nan, nan, nan, nan}})
	if end := p.Next(none); end.Status != Failed {
		t.Errorf("with nobody to anneal: %+v", end)
	}
}
