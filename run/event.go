package run

import (
	"sync"
	"time"
)

// EventKind says what an [Event] reports.
type EventKind int

// What happens in a run.
const (
	EpochDone      EventKind = iota // a member completed an epoch, or went on from a checkpoint
	GenerationDone                  // all members of a generation have results
	Finished                        // the search is over
)

// Event tells how a run comes along.
type Event struct {
	Kind EventKind
	Progress
	EpochsDone, EpochsTotal int           // of all members; the total is the most there can be
	Left                    time.Duration // estimated, for all epochs; 0: not known yet
	Diverged                []Divergence  // GenerationDone: members without a score
	Of                      string        // what trials scores are of; "": those that validate
	Best                    float64       // GenerationDone: the best score of the generation, NaN if none
	Worsening               string        // GenerationDone: that the best score of a population has been getting worse, in words; "": it has not
	Reason                  string        // Finished: why
}

// Divergence says which member diverged, and where.
type Divergence struct {
	Member int `json:"member"`
	Diverged
}

// tracker turns the progress of units into events.
type tracker struct {
	mu      sync.Mutex
	observe func(Event)
	of      string           // Event.Of
	total   int              // epochs that there can be at most
	before  int              // epochs of completed generations
	members map[int]Progress // latest progress of each member of this generation
	since   int              // epochs trained since start, by this process
	start   time.Time
}

func newTracker(of string, total int, observe func(Event)) *tracker {
	return &tracker{of: of, observe: observe, total: total, members: map[int]Progress{}, start: time.Now()}
}

// progress takes in one report; executors call it from several goroutines.
func (t *tracker) progress(p Progress) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if last, known := t.members[p.Member]; known && p.Done > last.Done {
		t.since += p.Done - last.Done // the first report of a unit is where it begins
	}
	t.members[p.Member] = p
	t.send(Event{Kind: EpochDone, Progress: p})
}

// completed takes in a generation, executed now or found on disk, and what is said of a
// best score that has been getting worse.
func (t *tracker) completed(g generation, worsening string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.members = map[int]Progress{}
	e := Event{Kind: GenerationDone, Progress: Progress{Generation: g.units[0].Generation, Finish: g.finish()}, Worsening: worsening}
	for _, r := range g.results {
		t.before += r.Epochs
	}
	e.Best, e.Diverged = g.summary()
	t.send(e)
}

func (t *tracker) finished(reason string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.send(Event{Kind: Finished, Reason: reason})
}

// send fills in what all events have.
func (t *tracker) send(e Event) {
	e.Of, e.EpochsDone, e.EpochsTotal = t.of, t.before, t.total
	for _, p := range t.members {
		e.EpochsDone += p.Done
	}
	if t.since > 0 {
		perEpoch := time.Since(t.start) / time.Duration(t.since)
		e.Left = perEpoch * time.Duration(max(0, t.total-e.EpochsDone))
	}
	t.observe(e)
}
