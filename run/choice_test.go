package run_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

// choosy is a population that leaves a final choice.
func choosy() pbt.Population {
	p := population()
	p.Config.FinalDraws, p.Config.MeanGenerations = 4, 2
	return p
}

// checkpointsIn counts the members of a generation that have one.
func checkpointsIn(t *testing.T, dir string, generation int) int {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(dir, "generations", "00"+string(rune('0'+generation)), "*", "attempts", "*", "epoch-*.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	members := map[string]bool{}
	for _, path := range all {
		members[filepath.Dir(filepath.Dir(filepath.Dir(path)))] = true
	}
	return len(members)
}

// All members of the best's generation stay for the choice, and only for it.
func TestFinalistsStay(t *testing.T) {
	for _, c := range []struct {
		search pbt.Population
		stay   int
	}{{population(), 1}, {choosy(), 5}} {
		dir := filepath.Join(t.TempDir(), "run")
		c.search.Config.Space = pbt.Space{pbt.LearningRate: {Low: .9, High: 1.4, Scale: pbt.Log, Explore: .3}}
		ending, err := drive(t.Context(), create(t, dir), c.search, &hooks{}, 1)
		if err != nil {
			t.Fatal(err)
		}
		best := ending.Best.Generation
		if best == 0 || best > 2 {
			t.Fatalf("generation %d of 0 to 4 is the best: it stays anyhow, or there is none long past", best)
		}
		if got := checkpointsIn(t, dir, best); got != c.stay {
			t.Errorf("%d members of the best's generation have a checkpoint, want %d", got, c.stay)
		}
		if got := checkpointsIn(t, dir, 0); got != 0 {
			t.Errorf("%d members of a generation long past have a checkpoint", got)
		}
		if got := len(ending.Final.Members) > 0; got != (c.stay > 1) {
			t.Errorf("chosen among %v", ending.Final.Members)
		}
	}
}

// chosen is a run whose final choice was written: of a mean, that of the first group.
func chosen(t *testing.T) (dir string, mean run.Finalist) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "run")
	ending, err := drive(t.Context(), create(t, dir), choosy(), &hooks{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	f := reopen(t, dir)
	defer f.Close()
	c := &run.Choice{Draws: 4}
	for _, p := range ending.Final.Members {
		one, err := f.Finalist(p)
		if err != nil {
			t.Fatal(err)
		}
		one.FinalScore = score(2)
		c.Finalists = append(c.Finalists, one)
	}
	if len(ending.Final.Means) == 0 {
		t.Fatal("nobody has kin")
	}
	g := ending.Final.Means[0]
	if mean, err = f.Finalist(g.Best); err != nil {
		t.Fatal(err)
	}
	s, err := f.ReadFinalist(&mean)
	if err != nil {
		t.Fatal(err)
	}
	s.MeanOf = []string{"1/1", "1/2"}
	mean.Kind, mean.Members, mean.FinalScore, mean.Chosen = run.KindMean, make([]run.Part, len(g.Members)), score(1), true
	if err := f.WriteMean(&mean, s); err != nil {
		t.Fatal(err)
	}
	c.Finalists = append(c.Finalists, mean)
	if err := f.Choose(c); err != nil {
		t.Fatal(err)
	}
	return dir, mean
}

func score(v float64) *run.Score {
	s := run.Score(v)
	return &s
}

// What is chosen is in best/ and among the models, marked, with its own checkpoint.
func TestChosenMean(t *testing.T) {
	dir, mean := chosen(t)
	best, err := run.Files{Dir: dir}.Best()
	if err != nil || best.Kind != run.KindMean || best.SHA256 != mean.SHA256 || best.Final() != 1 || !strings.HasPrefix(best.String(), "mean of the weights of") {
		t.Errorf("best.json has %+v, %v", best, err)
	}
	choice, err := run.Files{Dir: dir}.Choice()
	if err != nil || choice.Chosen().SHA256 != mean.SHA256 || choice.Draws != 4 {
		t.Errorf("finalists.json has %+v, %v", choice, err)
	}
	all := models(t, dir)
	means := 0
	for i := range all {
		m := &all[i]
		if m.Best != (m.MeanOf != nil) || m.Best && (m.Place != mean.Place || *m.Final != 1) {
			t.Errorf("%+v", m)
		}
		s, err := (run.Files{Dir: dir}).ReadModel(m)
		if err != nil || (s.MeanOf != nil) != m.Best {
			t.Errorf("the checkpoint of member %d of generation %d is the mean of %v: %v", m.Member, m.Generation, s.MeanOf, err)
		}
		if m.MeanOf != nil {
			means++
		}
	}
	if means != 1 {
		t.Errorf("%d means", means)
	}
}

// A run that goes on has the search's best in best/ and nothing in finalists/.
func TestChoiceIsForgotten(t *testing.T) {
	dir, mean := chosen(t)
	ending, err := drive(t.Context(), reopen(t, dir), choosy(), &hooks{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	best, err := run.Files{Dir: dir}.Best()
	if err != nil || best.Kind != "" || best.FinalScore != nil || best.SHA256 == mean.SHA256 || best.SHA256 != ending.Best.SHA256 {
		t.Errorf("best.json has %+v, %v", best, err)
	}
	if sum, err := checkpoint.SHA256(filepath.Join(dir, "best", "checkpoint.safetensors")); err != nil || sum != best.SHA256 {
		t.Errorf("best/ holds another checkpoint: %v", err)
	}
	if left, _ := os.ReadDir(filepath.Join(dir, "finalists")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// A member that diverged, or one whose folder was emptied, is nobody to choose.
func TestFinalistWithoutCheckpoint(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	_, err := drive(t.Context(), create(t, dir), choosy(), &hooks{onEpoch: func(u run.Unit, _ int) error {
		if u.Member == 1 && u.Generation == 4 {
			return &run.Diverged{Tensor: "w", Step: 1, Epoch: 1}
		}
		return nil
	}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := (run.Files{Dir: dir}).Finalist(pbt.Place{Generation: 4, Member: 1}); err == nil || !strings.Contains(err.Error(), "has no checkpoint") {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err := (run.Files{Dir: dir}).Finalist(pbt.Place{Generation: 4, Member: 2}); err != nil || math.IsNaN(c.Score) {
		t.Errorf("%+v, %v", c, err)
	}
}
