package dashboard

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/autolfads/autolfads/page"
)

// What has not changed is not read again, however often it is asked for.
func TestReadsWhatChanged(t *testing.T) {
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	toy := &toy{}
	w := newWatched("results", dir, quick(toy))
	ask := func() {
		t.Helper()
		w.next = time.Time{} // it may look again
		if a, fault := w.documentNow(); a == nil || fault != "" {
			t.Fatalf("no document: %s", fault)
		}
	}
	for range 5 {
		ask()
	}
	if n := toy.reads.Load(); n != 1 {
		t.Errorf("nothing changed, and it was read %d times", n)
	}
	for i, change := range []func(){
		func() { write(t, filepath.Join(dir, "state.json"), status("stopped")) },
		func() { write(t, filepath.Join(dir, "scores.csv"), "generation\n") },
		func() { write(t, filepath.Join(dir, "page", "sample.json"), "{}") },
		func() { write(t, filepath.Join(dir, "best", "best.json"), "{}") },
		func() { write(t, filepath.Join(dir, "generations", "000", "member-000", "unit.json"), "{}") },
		func() {
			write(t, filepath.Join(dir, "generations", "000", "member-000", "attempts", "001", "metrics.jsonl"), "{}\n")
		},
		func() {
			write(t, filepath.Join(dir, "generations", "000", "member-000", "attempts", "001", "metrics.jsonl"), "{}\n{}\n")
		},
		func() { write(t, filepath.Join(dir, "generations", "000", "member-000", "result.json"), "{}") },
		func() { write(t, filepath.Join(dir, "generations", "1000", "member-000", "unit.json"), "{}") },
		func() { write(t, filepath.Join(dir, "generations", "1000", "member-000", "result.json"), "{}") },
		func() { os.Remove(filepath.Join(dir, "scores.csv")) },
	} {
		before := toy.reads.Load()
		change()
		ask()
		ask()
		if n := toy.reads.Load() - before; n != 1 {
			t.Errorf("change %d was read %d times", i, n)
		}
	}
}

// A run that takes long to read is read the less often.
func TestReadsForAShareOfTheTime(t *testing.T) {
	const took = 20 * time.Millisecond
	toy := &toy{}
	l := quick(toy)
	l.open = func(dir string) source { return slow{toy.open(dir), took} }
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	w := newWatched("results", dir, l)
	w.look()
	if rest := time.Until(w.next); rest < 15*took { // of 20, some of which have gone by
		t.Errorf("after %v of reading it is looked at again in %v", took, rest)
	}
	write(t, filepath.Join(dir, "state.json"), status("finished"))
	w.look()
	if n := toy.reads.Load(); n != 1 {
		t.Errorf("it was read %d times", n)
	}
}

// slow takes its time.
type slow struct {
	source
	took time.Duration
}

func (s slow) Read() (*page.Document, error) {
	time.Sleep(s.took)
	return s.source.Read()
}

// One that nobody has asked for in a while is not kept, and is made again when it is asked for.
func TestDocumentsAreNotKeptForNobody(t *testing.T) {
	l := quick(&toy{})
	l.keep = 20 * time.Millisecond
	w := newWatched("results", begin(t, filepath.Join(t.TempDir(), "results")), l)
	w.look()
	if w.document.Load() != nil {
		t.Error("it was kept before anybody asked")
	}
	version := w.summary.Change
	for range 2 {
		if a, fault := w.documentNow(); a == nil {
			t.Fatal(fault)
		}
		time.Sleep(2 * l.keep)
		w.next = time.Time{} // it may look again
		w.look()
		if w.document.Load() != nil {
			t.Error("it is kept though nobody asks")
		}
	}
	if w.summary.Change != version {
		t.Error("asking has made another version of it")
	}
}

// A process that is killed leaves its files as they are: a run under way is read again after a while.
func TestReadsAgainWhatMayHaveBeenKilled(t *testing.T) {
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	toy := &toy{}
	l := quick(toy)
	l.again = 20 * time.Millisecond
	w := newWatched("results", dir, l)
	look := func() {
		w.next = time.Time{} // it may
		w.look()
	}
	for _, c := range []struct {
		status string
		more   bool
	}{{"running", true}, {"finished", false}} {
		write(t, filepath.Join(dir, "state.json"), status(c.status))
		look()
		before, version := toy.reads.Load(), w.summary.Change
		time.Sleep(2 * l.again)
		look()
		if more := toy.reads.Load() > before; more != c.more {
			t.Errorf("%s: read again: %v", c.status, more)
		}
		if w.summary.Change != version {
			t.Errorf("%s: another version, though nothing is other", c.status)
		}
	}
}

// What is damaged, or brings its reader down, is a sentence, and what was read before stays;
// when it is mended the sentence goes.
func TestDamagedFiles(t *testing.T) {
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	s := serve(t, Options{}, dir)
	r := open(t, s)
	r.until("the run", says("running"))
	if answer, _ := get(t, s, "/run/results/document.json"); answer.StatusCode != http.StatusOK {
		t.Fatal(answer.Status)
	}
	for text, fault := range map[string]string{
		"{\"status\": 3}": "cannot unmarshal number", "{\"sta": "unexpected end", "panic": "cannot be understood: out of range",
	} {
		write(t, filepath.Join(dir, "state.json"), text)
		e := r.until("the fault of "+text, says(fault))
		if !strings.Contains(e.data, `"status":"running"`) {
			t.Errorf("%s: of what was read nothing is left: %s", text, e.data)
		}
		if answer, body := get(t, s, "/run/results/document.json"); answer.StatusCode != http.StatusOK || !strings.Contains(body, "running") {
			t.Errorf("%s: %s, %s", text, answer.Status, body)
		}
		write(t, filepath.Join(dir, "state.json"), status("running"))
		r.until("the end of the fault", says(`"fault":""`))
	}
}

// A folder whose run is taken away while it is looked at keeps what was read, and says what is missing.
func TestRunThatGoes(t *testing.T) {
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	s := serve(t, Options{}, dir)
	r := open(t, s)
	r.until("the run", says("running"))
	if err := os.Remove(filepath.Join(dir, "run.yaml")); err != nil {
		t.Fatal(err)
	}
	if e := r.until("that it is gone", says("holds no run")); !strings.Contains(e.data, "running") {
		t.Errorf("nothing is left of it: %s", e.data)
	}
}

// A folder that is away for a while, as a disk of the network may be, is back when it is.
func TestFolderComesBack(t *testing.T) {
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	s := serve(t, Options{}, dir)
	r := open(t, s)
	r.until("the run", says("running"))
	if err := os.Rename(dir, dir+" away"); err != nil {
		t.Fatal(err)
	}
	r.until("that it is gone", says("cannot be read any more"))
	if err := os.Rename(dir+" away", dir); err != nil {
		t.Fatal(err)
	}
	r.until("that it is back", says(`"fault":""`))
}

// The document of a run that ended while its folder was away, longer than documents are kept, is the one
// of its end, also for a page that asks as soon as it is told.
func TestDocumentOfRunThatWasAway(t *testing.T) {
	toy := &toy{}
	l := quick(toy)
	l.keep = 20 * time.Millisecond
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	w := newWatched("results", dir, l)
	if a, fault := w.documentNow(); a == nil {
		t.Fatal(fault)
	}
	away := dir + " away"
	if err := os.Rename(dir, away); err != nil {
		t.Fatal(err)
	}
	w.lookNow()
	write(t, filepath.Join(away, "state.json"), status("finished"))
	time.Sleep(2 * l.keep)
	if err := os.Rename(away, dir); err != nil {
		t.Fatal(err)
	}
	w.lookNow()
	before := toy.reads.Load()
	if a, fault := w.documentNow(); a == nil || fault != "" || toy.reads.Load() == before {
		t.Errorf("it is the document of before it was away (%s)", fault)
	}
}

// A folder that holds nothing yet is no error: what is missing is said until it is there.
func TestRunThatComes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "results")
	s := serve(t, Options{}, dir)
	r := open(t, s)
	r.until("that it is not there", says("or not yet"))
	if answer, body := get(t, s, "/run/results/document.json"); answer.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "not yet") {
		t.Errorf("%s, %s", answer.Status, body)
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	r.until("that it is empty", says("holds no run"))
	begin(t, dir)
	r.until("the run", says("running"))
	if answer, _ := get(t, s, "/run/results/document.json"); answer.StatusCode != http.StatusOK {
		t.Errorf("a run that has come: %s", answer.Status)
	}
}

// Readers and writers of one run at the same time: for the race detector, and for documents that
// are whole.
func TestManyAskAtOnce(t *testing.T) {
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	s := serve(t, Options{}, dir)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				if answer, body := get(t, s, "/run/results/document.json"); answer.StatusCode != http.StatusOK || !strings.HasSuffix(body, "}") {
					t.Errorf("%s, %q", answer.Status, body)
				}
			}
		})
	}
	for i := range 50 {
		write(t, filepath.Join(dir, "state.json"), status([]string{"running", "scoring"}[i%2]))
	}
	all.Wait()
}
