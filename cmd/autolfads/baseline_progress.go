package main

import (
	"fmt"
	"time"

	"github.com/autolfads/autolfads/baseline"
)

// fitted returns what shows how far a step of fitting is, and how long it will still take
// if it goes on as it did.
func (p *progress) fitted(now func() time.Time) baseline.Progress {
	step, began := "", now()
	return func(name string, done, total int) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if name != step {
			step, began = name, now()
		}
		text := fmt.Sprintf("%s: %d %%%s", name, 100*done/max(total, 1), left(now().Sub(began), done, total))
		p.transient(func() []string { return []string{text} })
	}
}
