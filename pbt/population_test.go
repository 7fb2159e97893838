package pbt

import (
	"fmt"
	"maps"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// Each case of testdata/decisions.txt: what follows the given scores.
func TestDecisions(t *testing.T) {
	for _, c := range readCases(t, "testdata/decisions.txt") {
		t.Run(c.name, func(t *testing.T) {
			p := testPopulation()
			h := replay(p, c.scores)
			if got := describe(p, h, p.Next(h)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

type decisionCase struct {
	name   string
	scores [][]float64
	want   string
}

// readLines returns the lines of a file that say something.
func readLines(t *testing.T, path string) (lines []string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}

func readCases(t *testing.T, path string) []decisionCase {
	var cases []decisionCase
	for _, line := range readLines(t, path) {
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "case":
			cases = append(cases, decisionCase{name: rest})
		case "scores":
			c := &cases[len(cases)-1]
			c.scores = append(c.scores, parseScores(t, rest))
		case "want":
			cases[len(cases)-1].want = rest
		}
	}
	return cases
}

func parseScores(t *testing.T, text string) []float64 {
	var scores []float64
	for _, word := range strings.Fields(text) {
		v, err := strconv.ParseFloat(word, 64)
		if err != nil {
			t.Fatal(err)
		}
		scores = append(scores, v)
	}
	return scores
}

// asPaper has the settings of the AutoLFADS paper.
func asPaper() Config {
	c := DefaultConfig()
	c.EpochsPerGeneration, c.FirstGenerationEpochs, c.FinishEpochs = paperEpochs, 0, 0
	c.StopRatio, c.StopErrors, c.FinalDraws, c.MeanGenerations, c.Exploit = 5e-4, 0, 0, 0, "tournament"
	return c
}

func testPopulation() Population {
	c := asPaper()
	c.Members, c.EpochsPerGeneration, c.MaxGenerations = 4, 5, 9
	c.StopRatio, c.StopGenerations = .01, 3
	return Population{Config: c, Seed: 1, RampEnd: 10, LearningRate: 4e-3}
}

// replay makes the history that gave these scores, generation by generation.
func replay(p Population, scores [][]float64) History {
	var h History
	for g, row := range scores {
		outcomes := make([]Outcome, len(row))
		for i, u := range p.Next(h[:g]).Units {
			outcomes[i] = Outcome{Member: u.Member, Score: row[i], From: u.From, Epochs: u.Epochs, Hyper: u.Hyper, Anneal: u.Anneal}
		}
		if len(p.Next(h[:g]).Units) == 0 { // the search ended: any values do
			for i := range outcomes {
				outcomes[i] = Outcome{Member: i, Score: row[i], Hyper: p.Config.Space.Start(p.Seed, i, 0)}
			}
		}
		h = append(h, outcomes)
	}
	return h
}

func describe(p Population, h History, d Decision) string {
	words := []string{map[Status]string{Continue: "continue", Finished: "finished", Failed: "failed"}[d.Status]}
	if d.Reason != "" {
		words = append(words, d.Reason)
	}
	for _, u := range d.Units {
		from, mark := "fresh", ""
		if u.From != nil {
			from = fmt.Sprintf("%d.%d", u.From.Generation, u.From.Member)
			if !maps.Equal(u.Hyper, h[u.From.Generation][u.From.Member].Hyper) {
				mark = "~"
			}
		}
		words = append(words, fmt.Sprintf("%d<%s%s/%d", u.Member, from, mark, u.Epochs))
	}
	return strings.Join(words, " ")
}

// Fresh draws after a divergence have half the learning rate each time,
// searched or not, and other values than before.
func TestFreshHalvesLearningRate(t *testing.T) {
	nan := math.NaN()
	for _, searched := range []bool{true, false} {
		p := testPopulation()
		if !searched {
			delete(p.Config.Space, LearningRate)
		}
		h := replay(p, [][]float64{{nan, nan, nan, nan}, {nan, nan, nan, nan}})
		for member, u := range p.Next(h).Units {
			if got := u.Hyper[LearningRate]; got != 1e-3 {
				t.Errorf("searched %v, member %d: learning rate %v, want 4e-3 / 4", searched, member, got)
			}
			const key = "train.dropout_rate"
			if u.Hyper[key] == h[0][member].Hyper[key] {
				t.Errorf("member %d: the same draw again", member)
			}
		}
	}
}

// Every rival is drawn equally often: counts within five standard deviations.
func TestTournamentIsUniform(t *testing.T) {
	const members, generations = 5, 20000
	snapshot := make([]Outcome, members)
	snapshot[0].Score = 1 // loses to everyone, so its parent is its draw
	snapshot[2].Score = math.NaN()
	count := map[int]int{}
	for g := range generations {
		count[Tournament{}.Parents(3, g, snapshot)[0]]++
	}
	if len(count) != members-2 {
		t.Fatalf("parents %v, want members 1, 3, 4", count)
	}
	for member, n := range count {
		mean, p := generations/3., 1./3
		if math.Abs(float64(n)-mean) > 5*math.Sqrt(mean*(1-p)) {
			t.Errorf("member %d drawn %d times of %d", member, n, generations)
		}
	}
}

func TestBestAndNeeded(t *testing.T) {
	nan := math.NaN()
	h := History{
		{{Member: 0, Score: 3}, {Member: 1, Score: 1}},
		{{Member: 0, Score: 1}, {Member: 1, Score: nan}},
		{{Member: 0, Score: nan}, {Member: 1, Score: nan}},
		{{Member: 0, Score: nan}, {Member: 1, Score: nan}},
	}
	if best, ok := h.Best(); !ok || best != (Place{0, 1}) {
		t.Errorf("best %v %v, want the earliest of equals, 0.1", best, ok)
	}
	want := map[Place]bool{{0, 1}: true, {1, 0}: true, {1, 1}: true, {2, 0}: true, {2, 1}: true, {3, 0}: true, {3, 1}: true}
	if got := h.Needed(); !maps.Equal(got, want) {
		t.Errorf("needed %v, want %v", got, want)
	}
}

// A stop ratio of 0 or less never stops, not even scores that stand still.
func TestStopRatioZeroNeverStops(t *testing.T) {
	for _, ratio := range []float64{0, -1} {
		p := testPopulation()
		p.Config.StopRatio = ratio
		still := []float64{1, 1, 1, 1}
		h := replay(p, [][]float64{still, still, still, still, still, still, still, still})
		if d := p.Next(h); d.Status != Continue {
			t.Errorf("stop ratio %v: after 8 of 9 generations: %+v", ratio, d)
		}
		if d := p.Next(append(h, h[7])); d.Status != Finished || d.Reason != "reached pbt.max_generations, 9" {
			t.Errorf("stop ratio %v: after the last generation: %+v", ratio, d)
		}
	}
}
