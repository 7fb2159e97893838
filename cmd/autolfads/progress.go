package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/prepare"
	"github.com/autolfads/autolfads/run"
)

// progress shows how a run comes along: on a terminal the table that
// `autolfads status` prints, redrawn in place; elsewhere a line a generation
// and one every half minute; JSON lines if asked for.
type progress struct {
	mu     sync.Mutex
	dir    string // run folder
	out    io.Writer
	screen *screen // nil: no terminal
	ink    ink
	json   bool
	began  time.Time
	last   time.Time        // something was written
	watch  *autolfads.Watch // nil: not needed yet
	epochs epochClock

	elsewhere bool // members train in jobs of their own: who sent them says what becomes of them
}

const (
	redrawEvery = time.Second
	lineEvery   = 30 * time.Second
)

// newProgress shows progress of the run in a folder on the standard error.
func newProgress(dir string, json bool) *progress {
	p := &progress{dir: dir, out: os.Stderr, ink: inkFor(os.Stderr), json: json, began: time.Now()}
	if !json {
		p.screen = newScreen(os.Stderr)
	}
	if p.screen == nil {
		p.last = p.began
	}
	return p
}

// event shows one event of a run. It is called from several goroutines.
func (p *progress) event(e run.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.epochs.event(e, time.Now())
	switch {
	case p.json:
		p.writeJSON(e)
	case e.Kind == run.GenerationDone:
		for _, d := range e.Diverged {
			p.line(fmt.Sprintf("%s, member %d diverged: %v", generationWord(e), d.Member, &d.Diverged))
		}
		p.line(fmt.Sprintf("%s done: %s %s%s; %s", generationWord(e), bestWord(e.Of), score(e.Best), diverged(len(e.Diverged)), p.where(e)))
		if e.Worsening != "" {
			p.line(e.Worsening)
		}
	case e.Kind == run.Finished:
		p.line(e.Reason)
	default:
		p.transient(func() []string { return p.now(e) })
	}
}

// generationWord is what an event's generation is called.
func generationWord(e run.Event) string {
	if e.Finish {
		return "finish"
	}
	return fmt.Sprintf("generation %d", e.Generation)
}

// now says where the run stands after an event.
func (p *progress) now(e run.Event) []string {
	if p.screen != nil {
		if lines, err := p.table(); err == nil {
			return lines
		} // else the event alone will do
	}
	return []string{fmt.Sprintf("%s, member %d, epoch %d: %s %s; %s", generationWord(e), e.Member, e.Epoch, scoreWord(e.Of), score(e.Score), p.where(e))}
}

// table returns what `autolfads status` prints.
func (p *progress) table() (lines []string, err error) {
	if p.watch == nil {
		if p.watch, err = autolfads.NewWatch(p.dir); err != nil {
			return nil, err
		}
	}
	s, err := p.watch.Status()
	if err != nil {
		return nil, err
	}
	return statusLines(s, p.ink), nil
}

// inferred shows how far inference is.
func (p *progress) inferred(done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.json {
		return
	}
	text := fmt.Sprintf("inferring rates: %d of %d trials", done, total)
	if done == total {
		p.line(text)
		return
	}
	p.transient(func() []string { return []string{text} })
}

// note shows what is worth knowing before the start.
func (p *progress) note(sentence string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.json {
		// A line that cannot be written has nobody who reads it.
		_ = json.NewEncoder(os.Stdout).Encode(map[string]string{"event": "note", "text": sentence})
		return
	}
	p.line(sentence)
}

// scored shows how far a step of scoring is.
func (p *progress) scored(step string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.json {
		return
	}
	p.transient(func() []string { return []string{fmt.Sprintf("scoring %s: %d of %d", step, done, total)} })
}

// read shows how much of a recording is read: the two numbers have one unit.
func (p *progress) read(done, of int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.transient(func() []string {
		percent := 100 * done / max(of, 1)
		if percent == 0 { // too early to tell
			return []string{"reading: 0 %"}
		}
		left := time.Duration(float64(time.Since(p.began)) * float64(of-done) / float64(done))
		return []string{fmt.Sprintf("reading: %d %%, about %s left", percent, short(left))}
	})
}

// prepared shows which trials a recording became.
func (p *progress) prepared(r *prepare.Report) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.json {
		// A line that cannot be written has nobody who reads it.
		_ = json.NewEncoder(os.Stdout).Encode(map[string]any{"event": "prepared", "report": r})
		return
	}
	p.line(strings.TrimSuffix(r.Brief(), "\n"))
}

// done removes what is no longer true.
func (p *progress) done() {
	if p.screen != nil {
		p.screen.clear()
	}
}

// where says how much is done and left.
func (p *progress) where(e run.Event) string {
	text := fmt.Sprintf("%d of at most %d epochs, %s", e.EpochsDone, e.EpochsTotal, short(time.Since(p.began)))
	if e.Left > 0 {
		text += fmt.Sprintf(", at most %s left", short(e.Left))
	}
	return text
}

// line writes a line that stays.
func (p *progress) line(text string) {
	if p.screen != nil {
		p.screen.clear()
	}
	fmt.Fprintln(p.out, text)
	p.last = time.Now()
	if p.screen != nil {
		p.last = time.Time{} // the table comes back at the next event
	}
}

// transient writes lines that the next ones replace on a terminal; elsewhere, now
// and then, lines that stay.
func (p *progress) transient(lines func() []string) {
	every := lineEvery
	if p.screen != nil {
		every = redrawEvery
	}
	if time.Since(p.last) < every {
		return
	}
	if p.screen == nil {
		p.line(strings.Join(lines(), "\n"))
		return
	}
	p.screen.draw(lines())
	p.last = time.Now()
}

func (p *progress) writeJSON(e run.Event) {
	kind := map[run.EventKind]string{run.EpochDone: "epoch", run.GenerationDone: "generation", run.Finished: "finished"}[e.Kind]
	line := map[string]any{
		"event": kind, "generation": e.Generation, "member": e.Member, "epoch": e.Epoch,
		"epochs_done": e.EpochsDone, "epochs_total": e.EpochsTotal, "seconds_left": e.Left.Seconds(),
	}
	for name, v := range map[string]float64{"score": e.Score, "best": e.Best} {
		if !math.IsNaN(v) && !math.IsInf(v, 0) && v != 0 {
			line[name] = v
		}
	}
	if e.Finish {
		line["finish"] = true
	}
	if e.Of != "" {
		line["score_of"] = e.Of
	}
	if len(e.Diverged) > 0 {
		line["diverged"] = e.Diverged
	}
	for name, text := range map[string]string{"overfitting": e.Worsening, "reason": e.Reason} {
		if text != "" {
			line[name] = text
		}
	}
	// A line that cannot be written has nobody who reads it.
	_ = json.NewEncoder(os.Stdout).Encode(line)
}

func score(x float64) string {
	if math.IsNaN(x) {
		return "none yet"
	}
	return fmt.Sprintf("%.5f", x)
}

func diverged(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", %d diverged", n)
}

// left says how long something still takes that took so long, if it goes on as it did; ""
// at its beginning and its end.
func left(took time.Duration, done, total int) string {
	if done <= 0 || done >= total {
		return ""
	}
	return fmt.Sprintf(", about %s left", short(took*time.Duration(total-done)/time.Duration(done)))
}

// short writes a duration without more digits than matter.
func short(d time.Duration) string {
	if d < time.Minute {
		return d.Round(time.Second).String()
	}
	text := d.Round(time.Minute).String()
	return strings.TrimSuffix(text, "0s")
}
