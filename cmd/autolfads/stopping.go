package main

import (
	"fmt"
	"os"
	"time"

	"github.com/autolfads/autolfads/run"
)

// stopping says what a first Ctrl-C does. In a search it waits for the epochs
// under way, for a run loses nothing that way; what comes after a search stops
// at once.
func (p *progress) stopping() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.epochs.members) == 0 || p.elsewhere {
		return
	}
	when := ""
	if left := p.epochs.left(time.Now()); left > 0 {
		when = fmt.Sprintf(", in about %s", short(max(left, time.Second)))
	}
	text := fmt.Sprintf("stopping at the end of the epochs under way%s; press Ctrl-C again to stop at once (an epoch, or up to a minute, is then trained again)", when)
	if p.json {
		fmt.Fprintln(os.Stderr, text) // for who pressed the key
		return
	}
	p.line(text)
}

// epochClock knows how long the members under way take for an epoch.
type epochClock struct{ members map[int]lap }

// lap is a member's last epoch.
type lap struct {
	ended time.Time     // or when the unit began
	took  time.Duration // 0: none has ended yet
}

// event takes in what a run reports.
func (c *epochClock) event(e run.Event, now time.Time) {
	switch e.Kind {
	case run.Finished:
		c.members = nil
	case run.EpochDone:
		if c.members == nil {
			c.members = map[int]lap{}
		}
		last, known := c.members[e.Member]
		if known && e.Done > 0 {
			last.took = now.Sub(last.ended)
		}
		last.ended = now
		c.members[e.Member] = last
	}
}

// left estimates how long the epochs under way take from now on; 0 if that is
// not known yet.
func (c *epochClock) left(now time.Time) (left time.Duration) {
	for _, m := range c.members {
		if m.took > 0 {
			left = max(left, m.took-now.Sub(m.ended))
		}
	}
	return left
}
