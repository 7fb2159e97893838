package paper

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/pbt"
)

// tinyLab is a lab and a run of one model in it that is trained.
func tinyLab(t *testing.T) (*Lab, *Run) {
	t.Helper()
	l := &Lab{Dir: testenv.MemoryDir(t), Scale: tiny, Resources: autolfads.Resources{Workers: 1, Threads: 1}, experiment: "test"}
	if err := l.open(); err != nil {
		t.Fatal(err)
	}
	set, err := l.lorenz()
	if err != nil {
		t.Fatal(err)
	}
	r := &Run{Label: "one model", Set: set, Search: autolfads.Fixed, Seed: 3, Settings: append(sized(4), "train.max_epochs=2")}
	if err := l.train(t.Context(), &Plan{Runs: []*Run{r}}); err != nil {
		t.Fatal(err)
	}
	return l, r
}

// A model and a method stand beside each other, scored alike; a method's rates are made
// once.
func TestEvaluateBesideBaselines(t *testing.T) {
	l, r := tinyLab(t)
	path, err := l.Baseline(t.Context(), r.Set, "psth", baseline.ConditionMean{})
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Baseline(t.Context(), r.Set, "psth", baseline.ConditionMean{}); err != nil {
		t.Fatal(err)
	}
	if after, err := os.Stat(path); err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("a method's rates are made again (%v)", err)
	}
	e, err := l.Evaluate(t.Context(), r.Set, r.Folder(), path)
	if err != nil {
		t.Fatal(err)
	}
	score := e.Score(evaluate.NameTruth)
	if score == nil || len(e.Candidates) != 2 || len(score.Rivals) < 2 || score.Rivals[0].Value == nil {
		t.Fatalf("the score of true rates is %+v", score)
	}
	d, err := r.Set.Load()
	if err != nil {
		t.Fatal(err)
	}
	f, err := l.Rates(t.Context(), r, pbt.Place{})
	if err != nil || f.Valid.Rates.Trials != d.Valid.Trials() || f.Valid.Factors == nil {
		t.Fatalf("rates %+v, %v", f, err)
	}
	if _, err := l.Rates(t.Context(), r, pbt.Place{Member: 9}); err == nil || !strings.Contains(err.Error(), "no checkpoint of member 9") {
		t.Errorf("rates of a member that is not there: %v", err)
	}
}

// Runs are the same if their data, search, seed and settings are, whatever they are called.
func TestFolders(t *testing.T) {
	_, r := tinyLab(t)
	same := &Run{Label: "another name", Set: r.Set, Search: r.Search, Seed: r.Seed, Settings: r.Settings}
	if same.folder() != r.folder() {
		t.Errorf("%s and %s", same.folder(), r.folder())
	}
	for _, other := range []*Run{
		{Set: r.Set, Search: r.Search, Seed: 4, Settings: r.Settings},
		{Set: r.Set, Search: autolfads.Random, Seed: r.Seed, Settings: r.Settings},
		{Set: r.Set, Search: r.Search, Seed: r.Seed, Settings: r.Settings[1:]},
		{Set: &Set{Name: r.Set.Name, SHA256: "other"}, Search: r.Search, Seed: r.Seed, Settings: r.Settings},
	} {
		if other.folder() == r.folder() {
			t.Errorf("%+v has the folder of another run", other)
		}
	}
}

// Scores of models are kept; a file that is no such thing is made again.
func TestModelsAreKept(t *testing.T) {
	l, r := tinyLab(t)
	first, err := l.Models(t.Context(), r)
	if err != nil || len(first.Models) != 1 {
		t.Fatalf("models %+v, %v", first, err)
	}
	path := filepath.Join(l.Dir, scoresDir, r.folder()+".json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(`{"models": [`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Models(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if again, err := os.ReadFile(path); err != nil || string(again) != string(text) {
		t.Errorf("what was damaged is (%v)\n%s\nand was\n%s", err, again, text)
	}
	if err := os.RemoveAll(r.Folder()); err != nil {
		t.Fatal(err)
	}
	kept, err := l.Models(t.Context(), r)
	if err != nil || kept.Models[0].Scores[0].Value != first.Models[0].Scores[0].Value {
		t.Errorf("what is kept is %+v, %v", kept, err)
	}
}

// Settings that cannot be are an error before anything is trained.
func TestSettingsThatCannotBe(t *testing.T) {
	l, r := tinyLab(t)
	for _, setting := range []string{"train.no_such_key=1", "train.max_epochs=0", "pbt.space.train.dropout_rate.high=2"} {
		other := &Run{Label: "x", Set: r.Set, Search: autolfads.Random, Settings: []string{setting}}
		if err := l.train(t.Context(), &Plan{Runs: []*Run{other}}); err == nil || exists(other.dir) {
			t.Errorf("%s: %v", setting, err)
		}
	}
}

// Files made of a set are not those of another set of its name.
func TestMadeOf(t *testing.T) {
	a, b := &Set{Name: "x.h5", SHA256: "1"}, &Set{Name: "x.h5", SHA256: "2"}
	if madeOf(a) == madeOf(b) || madeOf(a) != madeOf(&Set{Name: "y.h5", SHA256: "1"}) || len(madeOf(a)) != 8 {
		t.Errorf("%q and %q", madeOf(a), madeOf(b))
	}
}
