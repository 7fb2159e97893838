package plan

import (
	"fmt"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/pbt"
)

// population is one of 8 members, 105 epochs in the first generation and 25 in each that follows.
func population(t *testing.T, change func(*pbt.Config)) pbt.Search {
	t.Helper()
	c := config.Default()
	c.PBT.Members, c.PBT.MaxGenerations = 8, 40
	c.PBT.EpochsPerGeneration, c.PBT.FirstGenerationEpochs = 25, 105
	change(&c.PBT)
	s, err := c.Decide(config.PBT, 1)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func shapes(t *testing.T, s pbt.Search) (fewest, most Shape) {
	t.Helper()
	fewest, most, err := ShapesOf(s, func(pbt.Start) int { return 30 })
	if err != nil {
		t.Fatal(err)
	}
	return fewest, most
}

// in words: "8x105; 8x25 39 times; 3x10 finish; reviewed; 9 in the end".
func words(s Shape) string {
	var parts []string
	for _, p := range s.Parts {
		text := fmt.Sprintf("%dx%d", len(p.Units), p.Units[0])
		if p.Times > 1 {
			text += fmt.Sprintf(" %d times", p.Times)
		}
		if p.Finish {
			text += " finish"
		}
		parts = append(parts, text)
	}
	if s.Reviewed {
		parts = append(parts, "reviewed")
	}
	return strings.Join(append(parts, fmt.Sprintf("%d in the end", s.Finalists)), "; ")
}

// A population has its first generation, so many that are alike, and a finish; a stop rule
// makes a range of it.
func TestShapesOfPopulations(t *testing.T) {
	for _, c := range []struct {
		change       func(*pbt.Config)
		fewest, most string
	}{
		{
			func(c *pbt.Config) { c.StopErrors, c.MeanGenerations = 0, 0 },
			"8x105; 8x25 39 times; 8 in the end", "8x105; 8x25 39 times; 8 in the end",
		},
		{
			func(*pbt.Config) {},
			"8x105; 8x25 3 times; reviewed; 9 in the end", "8x105; 8x25 39 times; reviewed; 9 in the end",
		},
		{
			func(c *pbt.Config) { c.StopErrors, c.StopRatio, c.FinalDraws, c.StopGenerations = 0, 1e-3, 0, 7 },
			"8x105; 8x25 6 times; 0 in the end", "8x105; 8x25 39 times; 0 in the end",
		},
		{
			func(c *pbt.Config) { c.StopErrors, c.FinalDraws, c.FinishEpochs, c.MaxGenerations = 0, 0, 10, 1 },
			"8x105; 3x10 finish; 0 in the end", "8x105; 3x10 finish; 0 in the end",
		},
		{
			func(c *pbt.Config) { c.MaxGenerations, c.Members, c.MeanGenerations = 2, 1000, 0 },
			"1000x105; 1000x25; reviewed; 8 in the end", "1000x105; 1000x25; reviewed; 8 in the end",
		},
	} {
		fewest, most := shapes(t, population(t, c.change))
		if words(fewest) != c.fewest || words(most) != c.most {
			t.Errorf("%s to %s, want %s to %s", words(fewest), words(most), c.fewest, c.most)
		}
	}
}

// The shape of the most epochs has as many as the search itself says, and of a search that is
// driven with scores that stand still there are as many generations as the fewest are said to be.
func TestShapesAgreeWithSearches(t *testing.T) {
	for _, change := range []func(*pbt.Config){
		func(*pbt.Config) {},
		func(c *pbt.Config) { c.StopErrors, c.StopRatio = 0, 5e-4 },
		func(c *pbt.Config) { c.StopGenerations = 9 },
		func(c *pbt.Config) { c.MaxGenerations, c.FinishEpochs = 3, 20 },
	} {
		s := population(t, change)
		fewest, most := shapes(t, s)
		if got, want := most.Epochs(), s.MostEpochs(); got != want {
			t.Errorf("%d epochs at most, and the search has %d", got, want)
		}
		if got := standingStill(s); got != fewest.Generations() {
			t.Errorf("%d generations at least, and the search may end after %d", fewest.Generations(), got)
		}
	}
}

// standingStill is how many generations a search has of which nothing gets better.
func standingStill(s pbt.Search) int {
	var h pbt.History
	for {
		d := s.Next(h)
		if d.Status != pbt.Continue || d.Finish() {
			return len(h)
		}
		var outcomes []pbt.Outcome
		for _, u := range d.Units {
			o := pbt.Outcome{Member: u.Member, Score: 1, Epochs: u.Epochs, Hyper: u.Hyper, From: u.From}
			if u.Member == 0 {
				o.Losses = []float64{1, 1, 1}
			}
			outcomes = append(outcomes, o)
		}
		h = append(h, outcomes)
	}
}

// Models that train alone may stop early, but not before their rule lets them; those of a
// budget make up for it.
func TestShapesOfSingleModels(t *testing.T) {
	c := config.Default()
	c.Train.MaxEpochs, c.PBT.Members = 100, 20
	for _, of := range []struct {
		search       config.Search
		budget       int
		fewest, most string
	}{
		{config.Fixed, 0, "1x30; 0 in the end", "1x100; 0 in the end"},
		{config.Random, 0, "20x30; 4 in the end", "20x100; 4 in the end"},
		{config.Random, 1250, "12x100; 4 in the end", "12x100; 4 in the end"},
	} {
		c.Random.EpochsBudget = of.budget
		s, err := c.Decide(of.search, 1)
		if err != nil {
			t.Fatal(err)
		}
		if fewest, most := shapes(t, s); words(fewest) != of.fewest || words(most) != of.most {
			t.Errorf("%s: %s to %s, want %s to %s", of.search, words(fewest), words(most), of.fewest, of.most)
		}
	}
}
