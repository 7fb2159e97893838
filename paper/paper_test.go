package paper

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/report"
	"github.com/autolfads/autolfads/run"
)

// tinyMake makes experiments in so small that they say nothing.
func tinyMake(dir string, all ...*Experiment) *Make {
	return &Make{
		Experiments: all, Out: dir, Scale: tiny, Resources: autolfads.Resources{Workers: 1, Threads: 1},
		Machine: "a test", Command: func(e *Experiment) string { return "autolfads experiment " + e.Name + " --out DIR" },
	}
}

// resultIn reads the result of an experiment.
func resultIn(t *testing.T, dir string, e *Experiment) *Result {
	t.Helper()
	r, err := ReadResult(filepath.Join(dir, resultsDir, e.Name+".json"))
	if err != nil || r == nil {
		t.Fatalf("%s: result %v, %v", e.Name, r, err)
	}
	return r
}

// Every experiment comes to its end, also in parts, to the same result; and what is
// finished is not made again.
func TestEveryExperiment(t *testing.T) {
	for _, e := range List() {
		t.Run(e.Name, func(t *testing.T) {
			whole, parts := testenv.MemoryDir(t), testenv.MemoryDir(t)
			r, epochs := wholeOf(t, whole, e)
			complete(t, whole, e, r)
			if epochs == 0 {
				return // nothing is trained
			}
			for _, at := range []int{1, epochs / 2} {
				stopAt(t, tinyMake(parts, e), at)
			}
			if err := tinyMake(parts, e).Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got, want := untimed(t, resultIn(t, parts, e)), untimed(t, r); got != want {
				t.Errorf("stopped on the way the result is\n%s\nand was\n%s", got, want)
			}
			notAgain(t, parts, e)
		})
	}
}

// wholeOf makes an experiment without a stop, and counts the events that its runs have.
func wholeOf(t *testing.T, dir string, e *Experiment) (r *Result, events int) {
	t.Helper()
	m := tinyMake(dir, e)
	m.Watch = func(Step) autolfads.Observer { return autolfads.Observer{Event: func(run.Event) { events++ }} }
	var told string
	m.Made = func(made *Result, found string) { r, told = made, found }
	if err := m.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if kept := resultIn(t, dir, e); !reflect.DeepEqual(kept, r) || told != e.paragraph(kept) {
		t.Errorf("JSON keeps\n%+v\nof\n%+v\ntold is %q", kept, r, told)
	}
	return r, events
}

// complete sees that a result has all that an experiment owes: a finding for each panel,
// tables, a page, figures.
func complete(t *testing.T, dir string, e *Experiment, r *Result) {
	t.Helper()
	if len(r.Seeds) == 0 || len(r.Sets) == 0 || len(r.Tables) == 0 || r.Command == "" || r.Version != autolfads.Version || r.Seconds <= 0 {
		t.Errorf("the result lacks something: %+v", r)
	}
	found := e.Found(r)
	for i, p := range e.Panels {
		if i >= len(found) || found[i].Panel != p.Name || found[i].Text == "" || found[i].Verdict == notMeasured {
			t.Errorf("of panel %s was found %+v", p.Name, found)
		}
	}
	page, err := os.ReadFile(filepath.Join(dir, resultsDir, e.Name+".md"))
	if err != nil || !strings.Contains(string(page), e.paragraph(r)) || strings.Contains(string(page), "NaN") {
		t.Errorf("the page, %v:\n%s", err, page)
	}
	figures := e.figures(r)
	if len(figures) == 0 {
		t.Error("there is no figure")
	}
	for _, f := range figures {
		for _, format := range report.Formats {
			if _, err := os.Stat(filepath.Join(dir, figuresDir, f.Name+"."+format)); err != nil || !strings.HasPrefix(f.Name, e.Name) {
				t.Errorf("figure %s: %v", f.Name, err)
			}
		}
	}
}

// untimed is a result without what differs from one time to another.
func untimed(t *testing.T, r *Result) string {
	t.Helper()
	r.Seconds = 0
	for i := range r.Runs {
		r.Runs[i].Seconds = 0
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// notAgain sees that a finished experiment needs nothing beside its result.
func notAgain(t *testing.T, dir string, e *Experiment) {
	t.Helper()
	for _, name := range []string{runsDir, waysDir, scoresDir, ratesDir, dataDir} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	m := tinyMake(dir, e)
	m.Watch = func(s Step) autolfads.Observer {
		t.Errorf("%s is made again", s.Run)
		return autolfads.Observer{}
	}
	if err := m.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// stopAt stops an experiment at one of its epochs, and sees that this is said.
func stopAt(t *testing.T, m *Make, event int) {
	t.Helper()
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	seen := 0
	var steps []Step
	m.Watch = func(s Step) autolfads.Observer {
		steps = append(steps, s)
		return autolfads.Observer{Event: func(run.Event) {
			if seen++; seen == event {
				cancel(errors.New("enough"))
			}
		}}
	}
	err := m.Run(ctx)
	if err == nil || !strings.Contains(err.Error(), "nothing is lost") || !strings.Contains(err.Error(), "enough") {
		t.Errorf("stopped at epoch %d: %v", event, err)
	}
	for _, s := range steps {
		if s.Number >= s.Of || s.Experiment != m.Name() || s.Run == "" || s.Dir == "" {
			t.Errorf("step %+v", s)
		}
	}
}

// Experiments that want the same data, seed and settings share runs.
func TestSharedRuns(t *testing.T) {
	dir := testenv.MemoryDir(t)
	if err := tinyMake(dir, &identityOverfitting, &modelSelection).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	runs, err := filepath.Glob(filepath.Join(dir, runsDir, "*"))
	if err != nil || len(runs) != 3 {
		t.Errorf("runs %q: two random searches and a population are wanted", runs)
	}
	a, b := resultIn(t, dir, &identityOverfitting), resultIn(t, dir, &modelSelection)
	same := func(rows []Row, name string) float64 {
		i := slices.IndexFunc(rows, func(r Row) bool { return r.Name == name })
		return rows[i].Values["nll"]
	}
	for _, row := range b.table(randomPanel).rows(randomModelsGroup) {
		if got := same(a.table("1c, e").rows(withDropout), row.Name); got != row.Values["nll"] {
			t.Errorf("%s has NLL %v in one experiment and %v in the other", row.Name, got, row.Values["nll"])
		}
	}
}

// What cannot be meant is refused in words that say what to do, and a result of something
// else is not taken for this one's.
func TestRefused(t *testing.T) {
	if _, err := Find("pbt"); err == nil || !strings.Contains(err.Error(), "pbt-progress") {
		t.Errorf("an unknown experiment: %v", err)
	}
	for _, word := range []string{"", "tiny", "huge"} {
		if _, err := ScaleOf(word); err == nil {
			t.Errorf("%q is a scale", word)
		}
	}
	dir := testenv.MemoryDir(t)
	m := tinyMake(dir, &coordinatedDropout)
	if err := m.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	set := resultIn(t, dir, &coordinatedDropout).Sets[0]
	for _, c := range []struct {
		says   string
		change func(m *Make)
	}{
		{"of scale tiny, not quick", func(m *Make) { m.Scale = Quick }},
		{"of data of its own, not with SHA-256", func(m *Make) {
			m.Given = map[string]string{coordinatedDropout.Name: filepath.Join(dir, dataDir, set.Name)}
		}},
		{"makes its own data", func(m *Make) { m.Given = map[string]string{pbtProgress.Name: "x.h5"} }},
		{"no experiment", func(m *Make) { m.Given = map[string]string{"x": "x.h5"} }},
	} {
		other := tinyMake(dir, &coordinatedDropout)
		c.change(other)
		if err := other.Run(t.Context()); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v, want %q", err, c.says)
		}
	}
	path := filepath.Join(dir, resultsDir, coordinatedDropout.Name+".json")
	if err := os.WriteFile(path, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := m.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "remove it") {
		t.Errorf("a damaged result: %v", err)
	}
}

// A file that is given takes the place of the data that an experiment makes.
func TestGivenData(t *testing.T) {
	dir := testenv.MemoryDir(t)
	l := &Lab{Dir: dir, Scale: tiny}
	if err := l.open(); err != nil {
		t.Fatal(err)
	}
	set, err := l.lorenz()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []*Experiment{&coordinatedDropout, &smallData, &modelSelection} {
		m := tinyMake(filepath.Join(dir, "out"), e)
		m.Given = map[string]string{e.Name: set.path}
		if err := m.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if s := resultIn(t, m.Out, e).Sets; len(s) != 1 || s[0].SHA256 != set.SHA256 || s[0].Made != "" {
			t.Errorf("%s: data %+v", e.Name, s)
		}
	}
}

// Equal numbers share their ranks; a rank correlation needs three that are not all equal.
func TestSpearman(t *testing.T) {
	for _, c := range []struct {
		x, y []float64
		want float64
	}{
		{[]float64{1, 2, 2, 3}, []float64{1, 3, 2, 4}, 4.5 / math.Sqrt(4.5*5)}, // by hand: ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4
		{[]float64{1, 10, 100}, []float64{-1, -2, -5}, -1},
		{[]float64{5, 1, 3}, []float64{50, 10, 30}, 1},
		{[]float64{1, 2}, []float64{1, 2}, math.NaN()},
		{[]float64{1, 1, 1}, []float64{1, 2, 3}, math.NaN()},
	} {
		// Sums of a few small numbers: rounding alone.
		if got := spearman(c.x, c.y); math.Abs(got-c.want) > 1e-12 || math.IsNaN(got) != math.IsNaN(c.want) {
			t.Errorf("of %v and %v: %v, want %v", c.x, c.y, got, c.want)
		}
	}
}
