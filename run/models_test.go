package run_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

// models reads what a search has come to.
func models(t *testing.T, dir string) []run.Model {
	t.Helper()
	all, err := run.Files{Dir: dir}.Models()
	if err != nil {
		t.Fatal(err)
	}
	best := 0
	for i := range all {
		if all[i].Best {
			best++
		}
	}
	if best != 1 {
		t.Errorf("%d of %d models are the best", best, len(all))
	}
	return all
}

// Of a population the last generation's members and its best are there, each with the
// line that it came by, as exploits.csv has the copies.
func TestModelsOfAPopulation(t *testing.T) {
	dir := reference(t, population())
	all := models(t, dir)
	last := 0
	for i := range all {
		m := &all[i]
		if m.Generation == 4 {
			last++
		}
		founder, copied := line(t, dir, m.Place)
		if m.Founder != founder || (m.CopiedOf == nil) != (copied == nil) || copied != nil && *m.CopiedOf != *copied {
			t.Errorf("member %d of generation %d: founder %v, copied of %v; want %v, %v", m.Member, m.Generation, m.Founder, m.CopiedOf, founder, copied)
		}
		if s, err := (run.Files{Dir: dir}).ReadModel(m); err != nil || math.Abs(s.Score-float64(m.Score)) > 1e-12 {
			t.Errorf("member %d of generation %d: %v", m.Member, m.Generation, err)
		}
	}
	if last != 5 {
		t.Errorf("%d members of the last generation", last)
	}
}

// Of a finish its members are there, too.
func TestModelsAfterAFinish(t *testing.T) {
	p := population()
	p.Config.FinishEpochs, p.Config.MaxGenerations = 2, 2
	of := map[int]int{}
	for _, m := range models(t, reference(t, p)) {
		of[m.Generation]++
		if m.Anneal != (m.Generation == 2) || m.Checkpoint == "" {
			t.Errorf("%+v", m)
		}
	}
	if of[1] != 5 || of[2] == 0 {
		t.Errorf("models by generation: %v", of)
	}
}

// line follows a model back through exploits.csv.
func line(t *testing.T, dir string, at pbt.Place) (founder pbt.Place, copied *pbt.Place) {
	t.Helper()
	for ; at.Generation > 0; at.Generation-- {
		for _, row := range rows(t, dir, "exploits.csv")[1:] {
			if row[0] == strconv.Itoa(at.Generation) && row[1] == strconv.Itoa(at.Member) {
				from, _ := strconv.Atoi(row[2])
				at.Member, _ = strconv.Atoi(row[3])
				if copied == nil {
					copied = &pbt.Place{Generation: from, Member: at.Member}
				}
				at.Generation = from + 1
				break
			}
		}
	}
	return at, copied
}

// While a generation is under way the one before it counts; before the first is
// finished there are no models.
func TestModelsUnderWay(t *testing.T) {
	for _, c := range []struct{ at, from int }{{0, -1}, {3, 2}} {
		dir := filepath.Join(t.TempDir(), "run")
		ctx, cancel := context.WithCancel(t.Context())
		_, err := drive(ctx, create(t, dir), population(), &hooks{onEpoch: func(u run.Unit, _ int) error {
			if u.Generation == c.at && u.Member == 2 {
				cancel()
			}
			return nil
		}}, 1)
		if err == nil {
			t.Fatal("the run was not stopped")
		}
		all, err := run.Files{Dir: dir}.Models()
		if err != nil || len(all) == 0 != (c.from < 0) || len(all) > 0 && all[len(all)-1].Generation != c.from {
			t.Errorf("stopped in generation %d: %d models, %v", c.at, len(all), err)
		}
	}
}

// Models that train alone are all there, of every round; one that diverged at once has
// no checkpoint, and neither has one of rounds long past.
func TestModelsOfARandomSearch(t *testing.T) {
	search := pbt.Random{Space: population().Config.Space, Seed: 7, MaxEpochs: 40, EpochsBudget: 400}
	dir := filepath.Join(t.TempDir(), "run")
	_, err := drive(t.Context(), create(t, dir), search, &hooks{onEpoch: func(u run.Unit, _ int) error {
		if u.Member == 1 {
			return &run.Diverged{Tensor: "w", Step: 1, Epoch: 1}
		}
		return nil
	}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	all := models(t, dir)
	if want := len(rows(t, dir, "scores.csv")) - 1; len(all) != want || want < 6 {
		t.Fatalf("%d models, want %d", len(all), want)
	}
	if m := all[1]; m.Member != 1 || m.Checkpoint != "" || !math.IsNaN(float64(m.Score)) {
		t.Errorf("a model that diverged is %+v", m)
	}
	last := all[len(all)-1]
	if last.Checkpoint == "" {
		t.Error("a model of the last round has no checkpoint")
	}
	past := 0
	for _, m := range all {
		if m.Generation < last.Generation-1 && !m.Best {
			past++
			if m.Checkpoint != "" {
				t.Errorf("a checkpoint of a round long past is named: %+v", m)
			}
		}
	}
	if past == 0 {
		t.Error("no round is long past")
	}
	if err := os.WriteFile(filepath.Join(dir, last.Checkpoint), []byte("no"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := (run.Files{Dir: dir}).ReadModel(&last); err == nil || !strings.Contains(err.Error(), "was cut short") {
		t.Errorf("a damaged checkpoint: %v", err)
	}
}
