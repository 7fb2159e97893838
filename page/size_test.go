package page_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/page"
	"github.com/autolfads/autolfads/run"
)

// The most that a page may have, in bytes: what is opened at once, and sent by mail.
const (
	mostOfSample    = 2 << 20  // 2 members, 2 generations, and as many trials as a page shows
	mostOfSmall     = 3 << 20  // 20 members, 50 generations
	mostOfLarge     = 10 << 20 // 100 members
	mostOfVeryLarge = 12 << 20 // 1,000
)

// keep is where the run folders of these tests are kept, to be opened in a browser.
var keep = flag.String("keep", "", "folder in which the run folders of TestSizeOf... are kept")

// A run of 20 members and 50 generations, as run writes it, with as many trials as a page
// shows, is a page of less than 3 MB.
func TestSizeOfARun(t *testing.T) {
	dir := ran(t, population(20, 50, 3))
	keepLarge(t, dir)
	keepRun(t, dir, "20x50")
	d := read(t, dir)
	if n := sizeOf(t, d); n > mostOfSmall {
		t.Errorf("the page has %d bytes, more than %d", n, mostOfSmall)
	}
	if len(d.Course.Generations) != 50 || len(d.Course.Generations[49].Members) != 20 || d.Sample == nil || len(d.Notes) > 0 {
		t.Errorf("%d generations, sample %v, notes %q", len(d.Course.Generations), d.Sample != nil, d.Notes)
	}
}

// A hundred members that trained 20 epochs in each of 50 generations are a page of less than
// 10 MB, which says that curves are thinned, and has all scores.
func TestSizeOfALargeRun(t *testing.T) {
	const members, generations, epochs = 100, 50, 20
	dir := ran(t, population(2, 1, 1))
	writeTables(t, dir, members, generations, epochs)
	keepLarge(t, dir)
	keepRun(t, dir, "100x50")
	d := read(t, dir)
	if n := sizeOf(t, d); n > mostOfLarge {
		t.Errorf("the page has %d bytes, more than %d", n, mostOfLarge)
	}
	if d.Course.Thinned == "" || d.State.EpochsDone != members*generations*epochs {
		t.Errorf("thinned: %q; %d epochs", d.Course.Thinned, d.State.EpochsDone)
	}
	points := 0
	for _, g := range d.Course.Generations {
		for _, m := range g.Members {
			n := len(m.X)
			points += n
			if m.Score == nil || n < 3 || m.X[0] != 1 || m.X[n-1] != epochs || m.Y[n-1] != *m.Score {
				t.Fatalf("generation %d: %+v", g.Generation, m)
			}
		}
	}
	if points > 40_000 {
		t.Errorf("curves have %d points", points)
	}
}

// Whatever trials are like, long ones of few neurons with much behaviour as well, a page of few
// members is no larger than it may be.
func TestSizeOfSamples(t *testing.T) {
	for _, c := range []struct {
		shape      [3]int
		conditions int64
		outputs    int
	}{
		{[3]int{300, 150, 200}, 9, 2},
		{[3]int{130, 4000, 1}, 64, 2},
		{[3]int{130, 1000, 4}, 64, 2},
		{[3]int{60, 2000, 2}, 9, 16},
		{[3]int{60, 800, 5}, 9, 40},
		{[3]int{60, 20_000, 1}, 9, 16},
		{[3]int{2, 210_000, 1}, 2, 3},
	} {
		e := ended(c.shape[0], c.shape[1], c.shape[2])
		for i := range e.Judged.Valid.Condition {
			e.Judged.Valid.Condition[i], e.Judged.Train.Condition[i] = int64(i)%c.conditions, int64(i)%c.conditions
		}
		wide := dataset.NewArray(c.shape[0], c.shape[1], c.outputs)
		for i := range wide.Data {
			wide.Data[i] = float32(i * 7919 % 1000)
		}
		e.Judged.Valid.Behavior, e.Decoded = wide, wide
		d := kept(t, e)
		t.Logf("%v: %s", c.shape, d.Sample.Note)
		if n := sizeOf(t, d); n > mostOfSample {
			t.Errorf("of %v, %d conditions and %d outputs the page has %d bytes, more than %d", c.shape, c.conditions, c.outputs, n, mostOfSample)
		}
	}
}

// The page of a thousand members, of whose curves the least are kept, is as large as docs say.
func TestSizeOfAVeryLargeRun(t *testing.T) {
	dir := ran(t, population(2, 1, 1))
	writeTables(t, dir, 1000, 50, 4)
	if n := sizeOf(t, read(t, dir)); n > mostOfVeryLarge {
		t.Errorf("the page has %d bytes, more than %d", n, mostOfVeryLarge)
	}
}

func sizeOf(t *testing.T, d *page.Document) int {
	t.Helper()
	var html bytes.Buffer
	if err := page.Write(&html, d); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes", html.Len())
	return html.Len()
}

// keepLarge keeps a sample of more than a page shows, with everything that there can be.
func keepLarge(t *testing.T, dir string) {
	t.Helper()
	e := ended(300, 150, 200)
	if err := e.Keep(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "state.json", `{"status": "finished"}`)
}

// keepRun keeps a run folder under a name, if it is asked for.
func keepRun(t *testing.T, dir, name string) {
	t.Helper()
	if *keep == "" {
		return
	}
	if err := os.CopyFS(filepath.Join(*keep, name), os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
}

// ended is a run of so many trials that are judged, with noise for all that is inferred of them.
func ended(trials, bins, neurons int) *page.Ended {
	r := rand.New(rand.NewPCG(9, 9))
	noise := func(trials, features int) *dataset.Array {
		a := dataset.NewArray(trials, bins, features)
		for i := range a.Data {
			a.Data[i] = r.Float32()
		}
		return a
	}
	split := func(trials int) *dataset.Split {
		s := &dataset.Split{Recon: noise(trials, neurons), Truth: noise(trials, neurons), Behavior: noise(trials, 2)}
		for i := range s.Recon.Data { // a tenth have a spike
			s.Recon.Data[i] = float32(int(s.Recon.Data[i] * 1.1))
		}
		s.Encod = s.Recon
		for i := range trials {
			s.Condition = append(s.Condition, int64(i%9))
		}
		return s
	}
	d := &dataset.Dataset{Name: "large", BinWidth: 10 * time.Millisecond, Train: split(trials), Valid: split(trials)}
	return &page.Ended{Data: d, Judged: d, Counts: true, Rates: noise(trials, neurons), Factors: noise(trials, 40), Inputs: noise(trials, 4), Decoded: noise(trials, 2)}
}

// writeTables writes the tables of a population over those of a run, as run writes them: each
// member goes on from itself, with hyper-parameters of all the digits that there are.
func writeTables(t *testing.T, dir string, members, generations, epochs int) {
	t.Helper()
	r := rand.New(rand.NewPCG(3, 3))
	text := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	head, err := os.ReadFile(filepath.Join(dir, "hyperparameters.csv"))
	if err != nil {
		t.Fatal(err)
	}
	keys := strings.Split(strings.SplitN(string(head), "\n", 2)[0], ",")
	scores, hyper := [][]string{{"generation", "member", "epoch", "score", "diverged"}}, [][]string{keys}
	var metrics bytes.Buffer
	for g := range generations {
		for m := range members {
			row := []string{strconv.Itoa(g), strconv.Itoa(m)}
			for range keys[2:] {
				row = append(row, text(r.Float64()))
			}
			hyper = append(hyper, row)
			score := 0.
			for e := range epochs {
				score = r.Float64()
				line, err := json.Marshal(run.EpochRecord{Generation: g, Member: m, Epoch: g*epochs + e + 1, Score: run.Score(score), Metrics: map[string]run.Score{"train/recon": run.Score(score), "valid/recon": run.Score(score)}})
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(&metrics, "%s\n", line)
			}
			scores = append(scores, []string{strconv.Itoa(g), strconv.Itoa(m), strconv.Itoa((g + 1) * epochs), text(score), ""})
		}
	}
	for name, rows := range map[string][][]string{"scores.csv": scores, "hyperparameters.csv": hyper, "exploits.csv": {{"generation", "member", "parent_generation", "parent"}}} {
		var b strings.Builder
		if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		write(t, dir, name, b.String())
	}
	write(t, dir, "metrics.jsonl", metrics.String())
}
