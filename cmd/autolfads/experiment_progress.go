package main

import (
	"fmt"
	"sync"
	"time"

	"github.com/autolfads/autolfads"
)

// runsProgress shows how an experiment comes along: each of its runs as the run that it is.
type runsProgress struct {
	flags *resourceFlags

	mu        sync.Mutex
	run       *progress // under way; nil: none is
	began     time.Time // the first run that is made here
	made      int       // runs made here
	thisBegan time.Time
}

func newRunsProgress(f *resourceFlags) *runsProgress {
	return &runsProgress{flags: f, began: time.Now()}
}

// begin begins a run, which is number (from 0) of so many, and says so. The one before it
// has ended.
func (p *runsProgress) begin(what, dir string, number, of int) autolfads.Observer {
	p.ended()
	p.mu.Lock()
	defer p.mu.Unlock()
	if number == 0 { // of another experiment: its runs take another time
		p.began, p.made = time.Now(), 0
	}
	p.run, p.thisBegan = newProgress(dir, p.flags.JSON), time.Now()
	text := fmt.Sprintf("%s, %d of %d", what, number+1, of)
	if p.made > 0 {
		each := time.Since(p.began) / time.Duration(p.made)
		text += fmt.Sprintf(", about %s left", short(each*time.Duration(of-number)))
	}
	p.run.note(text)
	return p.flags.resources(p.run).Observer
}

// ended ends the run under way, if there is one, and returns how long it took.
func (p *runsProgress) ended() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.run == nil {
		return 0
	}
	p.run.done()
	p.run = nil
	p.made++
	return time.Since(p.thisBegan)
}

// stopping says what Ctrl-C does.
func (p *runsProgress) stopping() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.run != nil {
		p.run.stopping()
	}
}
