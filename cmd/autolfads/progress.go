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

	"github.com/autolfads/autolfads/run"
)

// progress shows how a run comes along: one line that is redrawn on a
// terminal; elsewhere a line a generation and one every half minute; JSON lines
// if asked for.
type progress struct {
	mu       sync.Mutex
	out      io.Writer
	terminal bool
	json     bool
	began    time.Time
	last     time.Time // a line was written
	width    int       // of the line on the terminal
}

const (
	redrawEvery = 200 * time.Millisecond
	lineEvery   = 30 * time.Second
)

func newProgress(json bool) *progress {
	info, err := os.Stderr.Stat()
	return &progress{
		out: os.Stderr, json: json, began: time.Now(), last: time.Now(),
		terminal: err == nil && info.Mode()&os.ModeCharDevice != 0 && !json,
	}
}

// event shows one event of a run. It is called from several goroutines.
func (p *progress) event(e run.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.json:
		p.writeJSON(e)
	case e.Kind == run.GenerationDone:
		for _, d := range e.Diverged {
			p.line(fmt.Sprintf("generation %d, member %d diverged: %v", e.Generation, d.Member, &d.Diverged))
		}
		p.line(fmt.Sprintf("generation %d done: best score %s%s; %s", e.Generation, score(e.Best), diverged(len(e.Diverged)), p.where(e)))
	case e.Kind == run.Finished:
		p.line(e.Reason)
	default:
		p.status(fmt.Sprintf("generation %d, member %d, epoch %d: score %s; %s", e.Generation, e.Member, e.Epoch, score(e.Score), p.where(e)))
	}
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
	p.status(text)
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
	fmt.Fprintf(p.out, "%s%s\n", p.erase(), text)
	p.width, p.last = 0, time.Now()
}

// status writes a line that the next one replaces on a terminal.
func (p *progress) status(text string) {
	if !p.terminal {
		if time.Since(p.last) >= lineEvery {
			p.line(text)
		}
		return
	}
	if time.Since(p.last) < redrawEvery {
		return
	}
	fmt.Fprint(p.out, p.erase(), text)
	p.width, p.last = len(text), time.Now()
}

// erase returns what clears the status line.
func (p *progress) erase() string {
	if p.width == 0 {
		return ""
	}
	return "\r" + strings.Repeat(" ", p.width) + "\r"
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
	if len(e.Diverged) > 0 {
		line["diverged"] = e.Diverged
	}
	if e.Reason != "" {
		line["reason"] = e.Reason
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

// short writes a duration without more digits than matter.
func short(d time.Duration) string {
	if d < time.Minute {
		return d.Round(time.Second).String()
	}
	text := d.Round(time.Minute).String()
	return strings.TrimSuffix(text, "0s")
}
