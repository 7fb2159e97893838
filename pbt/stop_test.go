package pbt

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/rng"
)

// Each case of testdata/stops.txt: what the rule by standard errors says of losses.
func TestStopErrors(t *testing.T) {
	for _, c := range readStops(t) {
		t.Run(c.name, func(t *testing.T) {
			config := testPopulation().Config
			config.StopRatio, config.StopErrors = 0, c.errors
			if got := config.ended(c.history); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

type stopCase struct {
	name    string
	errors  float64
	history History
	want    string // "": it goes on
}

func readStops(t *testing.T) (cases []stopCase) {
	for _, line := range readLines(t, "testdata/stops.txt") {
		word, rest, _ := strings.Cut(line, " ")
		if word == "case" {
			cases = append(cases, stopCase{name: rest})
			continue
		}
		c := &cases[len(cases)-1]
		switch word {
		case "errors":
			c.errors, _ = strconv.ParseFloat(rest, 64)
		case "losses":
			outcome := Outcome{Score: 1}
			if rest != "none" {
				outcome.Losses = parseScores(t, rest)
			}
			c.history = append(c.history, []Outcome{{Member: 1, Score: 2}, outcome})
		case "want":
			c.want = strings.TrimPrefix(rest, "go on")
		}
	}
	return cases
}

// A population ends by either rule, each by itself, and says by which; max_generations
// comes first.
func TestEitherRuleEnds(t *testing.T) {
	still := []float64{1, 1, 1, 1}
	reviewed := func(p Population, losses ...[]float64) History {
		h := replay(p, [][]float64{still, still, still})
		for g := range losses {
			h[g][2].Losses = losses[g]
		}
		return h
	}
	same := []float64{5, 6}
	for _, c := range []struct {
		ratio, errors float64
		losses        [][]float64
		want          string
	}{
		{.01, 2, [][]float64{same, same, same}, "pbt.stop_ratio"},
		{0, 2, [][]float64{same, same, same}, "pbt.stop_errors"},
		{0, 0, [][]float64{same, same, same}, ""},
		{0, 2, [][]float64{same, same, nil}, ""},
		{.01, 2, nil, "pbt.stop_ratio"},
	} {
		p := testPopulation()
		p.Config.StopRatio, p.Config.StopErrors, p.Config.FinalDraws = c.ratio, c.errors, 1
		d := p.Next(reviewed(p, c.losses...))
		if (d.Status == Finished) != (c.want != "") || !strings.Contains(d.Reason, c.want) {
			t.Errorf("%+v: %v %s", c, d.Status, d.Reason)
		}
	}
}

// Of models that are alike, so that trials differ by noise, the rule at two standard
// errors stops nearly always; of models that get better by three in each generation,
// never at the first chance.
func TestStopErrorsKnowNoise(t *testing.T) {
	const trials, runs = 26, 400
	stopped := func(gain float64) (n int) {
		for run := range uint64(runs) {
			src := rng.NewSource(rng.Derive(run, rng.Synthesis))
			var h History
			for g := range 4 {
				losses := make([]float64, trials)
				for i := range losses {
					losses[i] = 100*float64(i) + src.Normal() - gain*float64(g)
				}
				h = append(h, []Outcome{{Losses: losses}})
			}
			c := testPopulation().Config
			c.StopRatio, c.StopErrors, c.StopGenerations = 0, 2, 4
			if c.ended(h) != "" {
				n++
			}
		}
		return n
	}
	deviation := math.Sqrt(2. / trials) // standard error of a mean difference
	if n := stopped(0); n < runs*85/100 {
		t.Errorf("of %d populations that stand still %d stop", runs, n)
	}
	if n := stopped(3 * deviation); n > 0 {
		t.Errorf("of %d populations that improve %d stop", runs, n)
	}
}
