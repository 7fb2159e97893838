package watch_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/watch"
)

// folder is a run folder written by hand.
type folder struct {
	t   *testing.T
	dir string
}

func (f folder) write(name, text string) {
	f.t.Helper()
	path := filepath.Join(f.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		f.t.Fatal(err)
	}
}

func (f folder) writeJSON(name string, v any) {
	f.t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		f.t.Fatal(err)
	}
	f.write(name, string(text)+"\n")
}

func member(generation, number int) string {
	return fmt.Sprintf("generations/%03d/member-%03d/", generation, number)
}

// unit has a member train 4 epochs in a generation.
func (f folder) unit(generation, number int, parent *run.Parent) {
	u := run.Unit{Generation: generation, Member: number, Epochs: 4, FirstEpoch: 4 * generation, Parent: parent}
	u.Copied = parent != nil && parent.Member != number
	f.writeJSON(member(generation, number)+"unit.json", u)
}

func (f folder) result(generation, number int, score float64) {
	r := run.Result{Generation: generation, Member: number, Score: run.Score(score), Epoch: 4 * (generation + 1), Epochs: 4}
	if !math.IsNaN(score) {
		r.Checkpoint = member(generation, number) + "attempts/001/epoch-000004.safetensors"
	}
	r.Metrics = member(generation, number) + "attempts/001/metrics.jsonl"
	f.writeJSON(member(generation, number)+"result.json", r)
}

// epochs writes the metrics of an attempt till an epoch, of two seconds each, and
// the line of the next one as far as it is.
func (f folder) epochs(generation, number, till int) {
	var text strings.Builder
	for e := 4*generation + 1; e <= till; e++ {
		line, err := json.Marshal(run.EpochRecord{Generation: generation, Member: number, Epoch: e, Score: run.Score(10 - e), Seconds: 2, Time: time.Unix(int64(e), 0)})
		if err != nil {
			f.t.Fatal(err)
		}
		fmt.Fprintf(&text, "%s\n", line)
	}
	f.write(member(generation, number)+"attempts/001/metrics.jsonl", text.String()+`{"generation": 1, "mem`)
}

func (f folder) status(w *watch.Watch) *watch.Status {
	f.t.Helper()
	s, err := w.Status(40)
	if err != nil {
		f.t.Fatal(err)
	}
	return s
}

// underWay is a run in its second generation: member 0 trains, 1 has taken 0's
// place and waits, 2 has diverged.
func underWay(t *testing.T) folder {
	f := folder{t, t.TempDir()}
	for i, score := range []float64{5, 7, 6} {
		f.unit(0, i, nil)
		f.result(0, i, score)
		f.unit(1, i, &run.Parent{Place: pbt.Place{Member: []int{0, 0, 2}[i]}})
	}
	f.epochs(1, 0, 7)
	f.result(1, 2, math.NaN())
	f.writeJSON("state.json", run.State{Generation: 1, Status: "running"})
	f.write("lock", "host elsewhere, process 1\n")
	return f
}

func TestStatusUnderWay(t *testing.T) {
	f := underWay(t)
	w := watch.New(f.dir)
	s := f.status(w)
	var lines []string
	for _, m := range s.Members {
		lines = append(lines, fmt.Sprint(m.Member, " ", m.State, " ", m.Epoch, " ", m.Done, "/", m.Epochs, " ", m.Score, " by ", m.CopiedBy))
	}
	want := "0 training 7 3/4 3 by [1]\n1 waiting 4 0/4 NaN by []\n2 diverged 8 4/4 NaN by []"
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("members are\n%s\nwant\n%s", got, want)
	}
	if from := s.Members[1].CopiedOf; from == nil || from.Member != 0 || s.Members[0].CopiedOf != nil {
		t.Errorf("member 1 took the place of %v, 0 that of %v", from, s.Members[0].CopiedOf)
	}
	if s.Status != "running" || s.Generation != 1 || s.EpochsDone != 12+3+4 || s.Exploits != 1 || s.Diverged != 1 {
		t.Errorf("%+v", s)
	}
	// One member trains, 2 s an epoch, 40 - 19 epochs.
	if s.SecondsLeft == nil || *s.SecondsLeft != 42 || s.Newest == nil || !s.Newest.Equal(time.Unix(7, 0)) {
		t.Errorf("%v s left, newest epoch %v", s.SecondsLeft, s.Newest)
	}

	f.epochs(1, 0, 8)
	f.result(1, 0, 2)
	if s := f.status(w); s.Members[0].State != "done" || s.EpochsDone != 12+4+4 || s.SecondsLeft != nil {
		t.Errorf("asked again, when nobody trains: %+v", s)
	}
}

// The best score of each generation is that of members that are done with it. What was
// returned before stays as it was.
func TestBestScores(t *testing.T) {
	f := underWay(t)
	w := watch.New(f.dir)
	before := f.status(w)
	if got := fmt.Sprint(before.BestScores); got != "[5 NaN]" {
		t.Errorf("while nobody is done with the second generation: %s", got)
	}
	f.result(1, 0, 2)
	if got := fmt.Sprint(f.status(w).BestScores); got != "[5 2]" || fmt.Sprint(before.BestScores) != "[5 NaN]" {
		t.Errorf("when one is done: %s, and what was told before is %v", got, before.BestScores)
	}
	f.unit(2, 0, nil)
	f.result(2, 0, 3)
	if got := fmt.Sprint(f.status(w).BestScores); got != "[5 2 3]" {
		t.Errorf("a generation later: %s", got)
	}
}

// What a run says of itself needs none of its generations.
func TestAccount(t *testing.T) {
	f := underWay(t)
	f.write(member(0, 2)+"result.json", "{") // damage that it does not see
	s, err := watch.New(f.dir).Account()
	if err != nil || s.Status != "running" || s.Holder != "host elsewhere, process 1" || s.Members != nil || s.Best != nil {
		t.Errorf("%+v, %v", s, err)
	}
	f.write("state.json", "{")
	if _, err := watch.New(f.dir).Account(); err == nil || !strings.Contains(err.Error(), "state.json") {
		t.Errorf("of a damaged state.json it says %v", err)
	}
}

// What a damaged file hid is counted once when it is there again.
func TestDamageIsNotCounted(t *testing.T) {
	f := underWay(t)
	w := watch.New(f.dir)
	f.write(member(0, 2)+"result.json", "{")
	if _, err := w.Status(40); err == nil || !strings.Contains(err.Error(), "result.json") {
		t.Fatalf("of a damaged result it says %v", err)
	}
	f.result(0, 2, 6)
	if s := f.status(w); s.EpochsDone != 19 || s.Exploits != 1 {
		t.Errorf("after the damage: %d epochs, %d copies", s.EpochsDone, s.Exploits)
	}
}

// Whoever knows of the generations before one is told of those from it on alone.
func TestSince(t *testing.T) {
	f := underWay(t)
	w := watch.New(f.dir)
	f.status(w)
	w.Since(1)
	if s := f.status(w); s.EpochsDone != 3+4 || s.Exploits != 1 || s.Diverged != 1 || s.Generation != 1 {
		t.Errorf("since generation 1: %+v", s)
	}
	if w.Since(-1); f.status(w).EpochsDone != 12+3+4 {
		t.Error("since the beginning it has lost epochs")
	}
}

// Who drove the run and is gone from this host was killed; of other hosts the
// run's own word stands, and a run that has said nothing is starting.
func TestKilled(t *testing.T) {
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	const gone = 1 << 30 // above every system's highest process number
	f := underWay(t)
	w := watch.New(f.dir)
	for _, c := range []struct{ state, holder, want string }{
		{"running", fmt.Sprintf("host %s, process %d", host, os.Getpid()), "running"},
		{"running", fmt.Sprintf("host %s, process %d", host, gone), "killed"},
		{"scoring", fmt.Sprintf("host %s, process %d", host, gone), "killed"},
		{"running", fmt.Sprintf("host %s-2, process %d", host, gone), "running"},
		{"finished", fmt.Sprintf("host %s, process %d", host, gone), "finished"},
		{"", fmt.Sprintf("host %s, process %d", host, os.Getpid()), "starting"},
	} {
		f.writeJSON("state.json", run.State{Status: c.state})
		f.write("lock", c.holder+"\n")
		if s := f.status(w); s.Status != c.want || s.Holder != c.holder {
			t.Errorf("%q by %q: it says %q by %q", c.state, c.holder, s.Status, s.Holder)
		}
	}
}
