package main

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

// sourceRowVariable is one row to judge, in a folder that stays: what a failure prints.
const sourceRowVariable = "AUTOLFADS_SOURCE_COMBINATION"

// Every pair of ways from a recording to rates goes through prepare, info, run, run of
// the recording itself, and infer; and every pair that is no way is refused.
func TestSourceCombinations(t *testing.T) {
	d := newDesign(sourceFactors(), sourceClashes())
	chance := rand.New(rand.NewPCG(2, 1))
	rows := append(d.covering(chance), rowsOfRefusals(t, d, chance, refusedPairs())...)
	judgeSources(t, d, thinned(rows))
}

// rowsOfRefusals are a row for each pair that is refused, the rest drawn from what is not.
func rowsOfRefusals(t *testing.T, d *design, chance *rand.Rand, pairs []refused) (rows []combination) {
	t.Helper()
	for _, r := range pairs {
		row := d.blank()
		for _, v := range [][2]string{{r.factor, r.value}, {r.other, r.otherValue}} {
			f := d.places[v[0]]
			row[f] = slices.Index(d.factors[f].values, v[1])
		}
		if !d.complete(row, d.order(chance), asListed) {
			t.Fatalf("there is no row of %s=%s and %s=%s", r.factor, r.value, r.other, r.otherValue)
		}
		rows = append(rows, d.combination(row))
	}
	return rows
}

// So many random ones, by hand.
func TestRandomSourceCombinations(t *testing.T) {
	d := newDesign(sourceFactors(), sourceClashes())
	judgeSources(t, d, randomRows(t, d))
}

func judgeSources(t *testing.T, d *design, rows []combination) {
	sources := t.TempDir()
	unpackSources(t, sources)
	l := newLedger(sourceRowVariable, func(t *testing.T, c combination, dir string) (string, error) { return c.judgedSource(t, sources, dir) })
	l.judgeRows(t, d, rows)
}

// One row, in a folder that stays.
func TestOneSourceCombination(t *testing.T) {
	text := os.Getenv(sourceRowVariable)
	if text == "" {
		t.Skipf("set %s to a row that a failure printed", sourceRowVariable)
	}
	d := newDesign(sourceFactors(), sourceClashes())
	dir, err := os.MkdirTemp("", "combination-")
	if err != nil {
		t.Fatal(err)
	}
	sources, err := os.MkdirTemp("", "sources-")
	if err != nil {
		t.Fatal(err)
	}
	unpackSources(t, sources)
	refusal, err := d.parse(t, text).judgedSource(t, sources, dir)
	t.Logf("in %s\nrefused: %q", dir, refusal)
	if err != nil {
		t.Error(err)
	}
}
