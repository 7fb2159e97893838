package dashboard

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/autolfads/autolfads/page"
)

// share is the most of a core's time that reading one run takes.
const share = 1. / 20

// source reads the run in a folder, again and again: a [page.Reader], or what a test has in its place.
type source interface {
	Read() (*page.Document, error)
}

func openPage(dir string) source { return page.NewReader(dir) }

// watched is a run that is served. Its files are looked at by one goroutine at a time;
// what was found can be had without waiting.
type watched struct {
	name   string // in the list and in URLs
	dir    string
	limits *limits

	looking sync.Mutex   // guards all to the next empty line
	source  source       // nil: it reads all anew
	mark    string       // of the files as they were when last read
	next    time.Time    // it is not looked at before
	stale   time.Time    // it is read then, whatever its mark; zero: never
	asked   time.Time    // when somebody wanted the document
	summary page.Summary // as in told

	told     atomic.Pointer[told]
	document atomic.Pointer[answer] // nil: nobody has asked for it, or it could not be read
}

// newWatched returns a run that has not been looked at.
func newWatched(name, dir string, l *limits) *watched {
	w := &watched{name: name, dir: dir, limits: l}
	// Of a name and nothing else there is always JSON.
	_ = w.say(page.Summary{Name: name, State: page.State{Status: "unknown", Generation: -1}})
	return w
}

// look reads the run if its files have changed, unless it was looked at a moment ago.
func (w *watched) look() {
	w.looking.Lock()
	defer w.looking.Unlock()
	if began := time.Now(); !began.Before(w.next) {
		w.lookAt(began, false)
	}
}

// lookNow reads the run if its files have changed.
func (w *watched) lookNow() {
	w.looking.Lock()
	defer w.looking.Unlock()
	w.lookAt(time.Now(), false)
}

// documentNow returns the document as the files are, or were a moment ago; nil and
// a sentence if it cannot be read.
func (w *watched) documentNow() (*answer, string) {
	w.looking.Lock()
	defer w.looking.Unlock()
	began := time.Now()
	w.asked = began
	missing := w.document.Load() == nil && w.summary.Fault == "" // not kept: nobody wanted it
	if missing || !began.Before(w.next) {
		w.lookAt(began, missing)
	}
	return w.document.Load(), w.summary.Fault
}

// lookAt looks at the files, and reads them if they are others than before, or if they must be.
func (w *watched) lookAt(began time.Time, must bool) {
	defer func() {
		ended := time.Now()
		w.next = ended.Add(max(w.limits.every, time.Duration(float64(ended.Sub(began))/share)))
	}()
	if began.Sub(w.asked) > w.limits.keep && w.summary.Fault == "" {
		w.document.Store(nil)
	}
	mark, err := markOf(w.dir)
	if err != nil {
		w.mark = "" // should it come back as it was, it is read again
		w.fail("the folder of this run cannot be read any more, or not yet: " + err.Error())
		return
	}
	changed, due := mark != w.mark, !w.stale.IsZero() && began.After(w.stale)
	if !changed && !due && !must {
		return
	}
	w.mark = mark
	if _, err := os.Stat(filepath.Join(w.dir, "run.yaml")); errors.Is(err, fs.ErrNotExist) {
		w.fail("this folder holds no run, or not yet: one that begins in it appears by itself")
		return
	}
	if err := w.read(began, changed); err != nil {
		w.stale = began.Add(w.limits.again)
		w.fail(err.Error())
	}
}

// read reads the run. changed says that its files have; else only its state may be another.
func (w *watched) read(began time.Time, changed bool) error {
	d, err := w.parse()
	if err != nil {
		return err
	}
	d.Name = w.name
	s := d.Summary()
	s.Change = w.summary.Change
	if changed || !sameSummary(s, w.summary) {
		s.Change = max(s.Change+1, int(began.UnixMilli())) // grows also when the server starts again
	}
	w.stale = time.Time{}
	if d.State.Live() {
		w.stale = began.Add(w.limits.again)
	} else {
		w.source = nil // what it keeps is of use while a run goes on
	}
	if began.Sub(w.asked) > w.limits.keep {
		w.document.Store(nil) // one that was kept while there was a fault is of before
	} else if err := w.store(d); err != nil {
		return err
	}
	return w.say(s)
}

// parse returns the document. A panic over damaged files is an error: this may be the
// process of a run, which must not end with it.
func (w *watched) parse() (d *page.Document, err error) {
	defer func() {
		if p := recover(); p != nil {
			w.source, err = nil, fmt.Errorf("the files of this run cannot be understood: %v", p)
		}
	}()
	if w.source == nil {
		w.source = w.limits.open(w.dir)
	}
	return w.source.Read()
}

// store keeps the document for those who ask.
func (w *watched) store(d *page.Document) error {
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	a, err := newAnswer(text)
	if err != nil {
		return err
	}
	w.document.Store(a)
	return nil
}

// say makes a summary what the list says.
func (w *watched) say(s page.Summary) error {
	t, err := tell(s)
	if err != nil {
		return err
	}
	w.summary = s
	w.told.Store(&t)
	return nil
}

// fail says why the run could not be read. What was read before stays.
func (w *watched) fail(why string) {
	s := w.summary
	s.Fault = why
	// A summary that could be told can be told with a sentence more.
	_ = w.say(s)
}

// sameSummary compares what two summaries say but for their versions.
func sameSummary(a, b page.Summary) bool {
	a.Change, b.Change = 0, 0
	one, errOne := tell(a)
	other, errOther := tell(b)
	return errOne == nil && errOther == nil && bytes.Equal(one.text, other.text)
}
