package dashboard

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/autolfads/autolfads/internal/parallel"
)

// readers is how many runs are read at a time.
const readers = 4

// settle is how long news of runs wait for more: when many are read at once, their news go together.
const settle = 100 * time.Millisecond

// board is the list of runs, kept up to date while somebody looks.
type board struct {
	limits  *limits
	folders []string // absolute

	finding sync.Mutex          // guards all to the next empty line
	known   map[string]*watched // all runs that were ever found, by folder
	named   map[string]*watched // the same, by name
	shown   []*watched          // in the order of the list
	more    int                 // runs that are not shown

	looking sync.Mutex // held while all runs are looked at
	looked  time.Time  // when that ended last

	now     atomic.Pointer[list]
	telling sync.Mutex  // held while now is made
	soon    atomic.Bool // now will be made in a moment
	poke    chan struct{}

	following sync.Mutex
	followers map[chan struct{}]bool
}

// newBoard returns a board of the runs in folders. None has been looked at.
func newBoard(l *limits, folders []string) (*board, error) {
	b := &board{
		limits: l, known: map[string]*watched{}, named: map[string]*watched{},
		poke: make(chan struct{}, 1), followers: map[chan struct{}]bool{},
	}
	for _, f := range folders {
		path, err := filepath.Abs(f)
		if err != nil {
			return nil, err
		}
		b.folders = append(b.folders, path)
	}
	b.now.Store(newList(nil))
	b.find()
	b.tell()
	return b, nil
}

// keep looks at all runs again and again until ctx ends: while pages follow, and when woken.
func (b *board) keep(ctx context.Context) {
	for ctx.Err() == nil {
		b.round(ctx)
		select {
		case <-ctx.Done():
		case <-time.After(b.limits.every):
		}
		if b.deserted() {
			select {
			case <-ctx.Done():
			case <-b.poke:
			}
		}
	}
}

// round looks at all runs once, unless that was done a moment ago.
func (b *board) round(ctx context.Context) {
	b.looking.Lock()
	defer b.looking.Unlock()
	if time.Since(b.looked) < b.limits.every {
		return
	}
	shown := b.find()
	b.tell()
	err := parallel.Do(ctx, readers, len(shown), func(_, i int) {
		before := shown[i].told.Load()
		shown[i].look()
		if shown[i].told.Load() != before {
			b.tellSoon()
		}
	})
	b.tell()
	if err == nil { // it is ctx's end
		b.looked = time.Now()
	}
}

// lookNow looks at all runs at once, also at those that were looked at a moment ago.
func (b *board) lookNow() {
	for _, w := range b.find() {
		w.lookNow()
	}
	b.tell()
}

// tellSoon has the list made in a moment, once for all that changes till then: of many runs it is
// long, and many pages are sent it.
func (b *board) tellSoon() {
	if b.soon.CompareAndSwap(false, true) {
		time.AfterFunc(settle, func() {
			b.soon.Store(false)
			b.tell()
		})
	}
}

// tell makes the list of what the runs say now, and wakes those who follow if it is another.
func (b *board) tell() {
	b.telling.Lock()
	defer b.telling.Unlock()
	l := newList(b.said())
	if l.id == b.now.Load().id {
		return
	}
	b.now.Store(l)
	b.following.Lock()
	defer b.following.Unlock()
	for f := range b.followers {
		nudge(f)
	}
}

// said returns what the runs of the list say now; in the end, how many are left out.
func (b *board) said() (runs []told) {
	b.finding.Lock()
	defer b.finding.Unlock()
	for _, w := range b.shown {
		runs = append(runs, *w.told.Load())
	}
	if b.more > 0 {
		rest := newWatched(fmt.Sprintf("%d more", b.more), "", b.limits)
		rest.fail(fmt.Sprintf("the first %d runs are shown: give a folder with fewer, or single runs", mostRuns))
		runs = append(runs, *rest.told.Load())
	}
	return runs
}

// list returns the list as it is.
func (b *board) list() *list { return b.now.Load() }

// run returns the run of a name; nil if there is none.
func (b *board) run(name string) *watched {
	b.finding.Lock()
	defer b.finding.Unlock()
	return b.named[name]
}

// follow returns a channel that has something whenever the list has become another. It
// never waits for who follows.
func (b *board) follow() (news <-chan struct{}, leave func()) {
	f := make(chan struct{}, 1)
	b.following.Lock()
	defer b.following.Unlock()
	b.followers[f] = true
	b.wake()
	return f, func() {
		b.following.Lock()
		defer b.following.Unlock()
		delete(b.followers, f)
	}
}

// deserted reports whether nobody follows.
func (b *board) deserted() bool {
	b.following.Lock()
	defer b.following.Unlock()
	return len(b.followers) == 0
}

// wake has the runs looked at, if nobody does already.
func (b *board) wake() { nudge(b.poke) }

// nudge leaves a word in a channel, unless there is one.
func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
