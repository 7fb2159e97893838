package page_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/page"
	"github.com/autolfads/autolfads/run"
)

func read(t *testing.T, dir string) *page.Document {
	t.Helper()
	d, err := page.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What the tables say of generations is what their units say: parents, copies, scores, epochs,
// hyper-parameters. A finish is known as one.
func TestTablesSayWhatUnitsSay(t *testing.T) {
	for _, best := range []bool{true, false} {
		c := population(6, 5, 3)
		c.PBT.BestEpoch, c.PBT.FinishEpochs = best, 2
		dir := ran(t, c)
		d := read(t, dir)
		if len(d.Notes) > 0 || len(d.Course.Generations) != 6 || !d.Course.Generations[5].Finish || d.Course.Generations[4].Finish {
			t.Fatalf("notes %q, %d generations", d.Notes, len(d.Course.Generations))
		}
		files, copies := run.Files{Dir: dir}, 0
		for _, g := range d.Course.Generations {
			for i := range g.Members {
				m := &g.Members[i]
				sameAsUnit(t, files, &g, m, d.Course.Hyper)
				if m.Copied {
					copies++
				}
			}
		}
		if copies == 0 || d.State.Copies != copies || d.State.Diverged != 1 {
			t.Errorf("%d copies, and the state says %d; %d diverged", copies, d.State.Copies, d.State.Diverged)
		}
		if d.State.Status != "scoring" && d.State.Status != "killed" || d.State.Most != 5 || d.State.EpochsDone != d.State.EpochsMost-3 { // one diverged in its first of 3
			t.Errorf("the state is %+v", d.State)
		}
	}
}

func sameAsUnit(t *testing.T, files run.Files, g *page.Generation, m *page.Member, hyper []page.Hyper) {
	t.Helper()
	u, err := files.Unit(g.Generation, m.Member)
	if err != nil {
		t.Fatal(err)
	}
	r, err := files.Result(u)
	if err != nil || r == nil {
		t.Fatalf("%s: %v, %v", u, r, err)
	}
	if (u.Parent == nil) != (m.Parent == nil) || m.Parent != nil && *m.Parent != (page.Place{u.Parent.Generation, u.Parent.Member}) {
		t.Errorf("%s: its parent is %v, want %v", u, m.Parent, u.Parent)
	}
	if took := u.Copied && u.Parent.Member != u.Member && !u.Anneal; m.Copied != took {
		t.Errorf("%s: copied is %v, want %v", u, m.Copied, took)
	}
	if m.State == "diverged" != math.IsNaN(float64(r.Score)) || m.Score != nil && float64(*m.Score) != float64(r.Score) || m.Epoch != r.Epoch {
		t.Errorf("%s: %+v, want %+v", u, m, r)
	}
	if len(m.X) != r.Epochs || r.Epochs > 0 && (m.X[0] != 1 || m.At != r.Epoch-u.FirstEpoch || float64(m.Y[m.At-1]) != float64(r.Score)) {
		t.Errorf("%s: its curve is %v, %v, at %d; want %d epochs from %d on", u, m.X, m.Y, m.At, r.Epochs, u.FirstEpoch)
	}
	for i, h := range hyper {
		if float64(m.Hyper[i]) != u.Hyper[h.Key] {
			t.Errorf("%s: %s is %v, want %v", u, h.Key, m.Hyper[i], u.Hyper[h.Key])
		}
	}
}

// The winner's ancestry and its curves are those of the line that run knows.
func TestWinner(t *testing.T) {
	c := population(5, 6, 3)
	dir := ran(t, c)
	d, files := read(t, dir), run.Files{Dir: dir}
	best, err := files.Best()
	if err != nil {
		t.Fatal(err)
	}
	units, results, err := files.Lineage(best.Place)
	if err != nil {
		t.Fatal(err)
	}
	var want []page.Place
	for _, u := range units {
		want = append(want, page.Place{u.Generation, u.Member})
	}
	if !slices.Equal(d.Course.Winner, want) {
		t.Errorf("the winner's ancestry is %v, want %v", d.Course.Winner, want)
	}
	line := d.Course.Line
	if line == nil || len(line.Epoch) != best.Epoch || line.Epoch[best.Epoch-1] != results[len(results)-1].Epoch {
		t.Fatalf("its line is %+v, want %d epochs", line, best.Epoch)
	}
	for i, score := range line.Score {
		if math.Abs(float64(line.Train[i]+.1-score)) > 1e-12 || math.Abs(float64(line.Valid[i]-.1-score)) > 1e-12 { // sums of doubles near 1
			t.Errorf("epoch %d of the line: %v, %v, score %v", i+1, line.Train[i], line.Valid[i], score)
		}
	}
	if d.Chosen == nil || d.Chosen.Place != want[len(want)-1] || float64(*d.Chosen.Score) != best.Score || d.Chosen.Final != nil {
		t.Errorf("chosen is %+v, want %+v", d.Chosen, best)
	}
}

// A run that was stopped in a generation has its units as far as they are; asked again when it
// has gone on, the same reader has the rest.
func TestRunUnderWay(t *testing.T) {
	c := population(4, 4, 3)
	f := begin(t, c, "run <b>")
	r := page.NewReader(f.Dir)
	d, err := r.Read()
	if err != nil || d.State.Generation != -1 || len(d.Course.Generations) != 0 || d.Chosen != nil || d.Name != "run <b>" {
		t.Fatalf("just begun: %+v, %v", d, err)
	}
	stopIn(t, f, c, 2)
	if d, err = r.Read(); err != nil || len(d.Notes) > 0 {
		t.Fatal(err, d.Notes)
	}
	if n := len(d.Course.Generations); n != 3 || d.State.Generation != 2 || d.State.Status != "stopped" {
		t.Errorf("stopped in generation 2: %d generations, %+v", n, d.State)
	}
	if newest := d.Course.Generations[2]; newest.Start != 4+3 || newest.Epochs != 3 || newest.Members[0].State != "done" || newest.Members[3].State == "done" {
		t.Errorf("the one under way is %+v", newest)
	}
	if said := strings.Join(d.Verdict, " "); !strings.Contains(said, "autolfads resume") {
		t.Errorf("of a run that was stopped it says %q", said)
	}
	f, err = run.Open(f.Dir, run.Program{Version: "toy-1"}, &c, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := drive(t.Context(), t, f, c); err != nil {
		t.Fatal(err)
	}
	d, err = r.Read()
	if err != nil || len(d.Course.Generations) != 4 || d.State.EpochsDone != 4*4+3*3*4-3 {
		t.Errorf("at its end: %d generations, %+v, %v", len(d.Course.Generations), d.State, err)
	}
	again := read(t, f.Dir)
	if !reflect.DeepEqual(again, d) {
		t.Errorf("a new reader reads\n%s\nthe old one\n%s", asJSON(t, again), asJSON(t, d))
	}
}

// stopIn carries a run to the first unit of a generation that is done, and stops it.
func stopIn(t *testing.T, f *run.Folder, c config.Config, generation int) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	if err := driveUntil(ctx, t, f, c, func(p run.Progress) {
		if p.Generation == generation && p.Done == p.Epochs {
			stop()
		}
	}); err == nil {
		t.Fatal("the run came to its end")
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What a run writes of itself at its end says nothing of when and where: it is the same of a
// copy elsewhere, whose times are others.
func TestEndedIsTimeless(t *testing.T) {
	c := population(3, 2, 2)
	dir := ran(t, c)
	copied := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(copied, "timing.json"), []byte(`{"generations": [{"generation": 0, "wall_seconds": 5}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, of := range []string{dir, copied} {
		d, err := page.ReadEnded(of)
		if err != nil || d.State.Status != "finished" {
			t.Fatal(err, d.State)
		}
		texts = append(texts, asJSON(t, d))
	}
	if texts[0] != texts[1] {
		t.Errorf("the report of a copy is another:\n%s\n%s", texts[0], texts[1])
	}
}

// What is no run is an error, that says so.
func TestNoRun(t *testing.T) {
	if _, err := page.Read(t.TempDir()); err == nil || !strings.Contains(err.Error(), "holds no run") {
		t.Errorf("of an empty folder: %v", err)
	}
}

// A summary has the best score of each generation at its end on the axis.
func TestSummary(t *testing.T) {
	d := read(t, ran(t, population(4, 3, 2)))
	s := d.Summary()
	if !slices.Equal(s.X, []int{3, 5, 7}) || s.Data != "data.h5" || s.Name != "results" {
		t.Errorf("%+v", s)
	}
	best := math.Inf(1)
	for _, y := range s.Y {
		best = min(best, float64(y))
	}
	if s.Score == nil || float64(*s.Score) != best || best != float64(*d.Chosen.Score) {
		t.Errorf("the best score is %v, of generations %v; chosen %v", s.Score, s.Y, d.Chosen.Score)
	}
	if _, err := json.Marshal(s); err != nil {
		t.Error(err)
	}
	if s.Likelihood != "poisson" || s.ScoreOf != "" {
		t.Errorf("scores are of the likelihood %q, of %q", s.Likelihood, s.ScoreOf)
	}
	d.Chosen.Score = d.Course.Generations[0].Members[1].Score // as a final choice may
	if s = d.Summary(); s.Score != d.Chosen.Score {
		t.Errorf("the best score is %v, and the page says %v", *s.Score, *d.Chosen.Score)
	}
	d.Course.ScoreOf = run.OfTraining
	if s = d.Summary(); s.ScoreOf != "training trials" {
		t.Errorf("scores of training trials are of %q", s.ScoreOf)
	}
}
