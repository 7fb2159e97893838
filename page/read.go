package page

import (
	"errors"
	"maps"
	"path/filepath"
	"slices"

	"github.com/autolfads/autolfads/internal/guard"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/watch"
)

// Reader reads the document of a run folder, again and again. What cannot change any more it
// keeps. It is for one goroutine at a time.
type Reader struct {
	given string // the run folder, as whoever reads calls it
	dir   string // the same from the root: so it is known in texts
	files run.Files
	ended bool     // the run writes the end of itself just now
	notes []string // of the document under way

	done  *completed // as it was read last; nil: not yet
	state string     // of the tables that it was read from, and what it was read for
}

// NewReader returns a reader of the run in the folder dir. Nothing is read yet.
func NewReader(dir string) *Reader {
	whole, err := filepath.Abs(dir)
	if err != nil { // this process has no folder any more
		whole = filepath.Clean(dir)
	}
	return &Reader{given: dir, dir: whole, files: run.Files{Dir: whole}}
}

// Read returns the document of the run in the folder dir.
func Read(dir string) (*Document, error) { return NewReader(dir).Read() }

// ReadEnded returns the document of a run that writes the last of its files just now: as if it
// were finished, and without what depends on when and where it ran or lies. It is the same,
// byte for byte, for the same data, seed and version.
func ReadEnded(dir string) (*Document, error) {
	r := NewReader(dir)
	r.ended = true
	d, err := r.Read()
	if err == nil {
		d.Name, d.Time = "", nil
	}
	return d, err
}

// Read returns the run as it is now. The error says that there is no run, or no leave to read
// it; or that this program has a fault, which costs whoever reads nothing else.
func (r *Reader) Read() (d *Document, err error) {
	if err := run.Exists(r.given); err != nil {
		return nil, err
	}
	err = guard.Call(func() error {
		d = r.read()
		return nil
	})
	return d, err
}

// read reads the document of a run that is there.
func (r *Reader) read() *Document {
	r.notes = nil
	b := r.readHeader()
	d := &Document{
		Format: Format, Version: b.header.Version, Name: filepath.Base(r.dir), Data: b.data(), Search: b.header.Search, Seed: b.header.Seed, Settings: b.settings(),
	}
	from, best := r.source(b)
	before := r.readCourse(d, b, from)
	r.readState(d, b, before)
	e := r.readEnd(d)
	if best != nil {
		d.choose(best, e.Choice)
	}
	d.Commands = b.commands(d)
	d.say(&e)
	d.Notes = r.notes
	return d
}

// source is what is needed to read the tables, and the model that was chosen; nil: none yet.
func (r *Reader) source(b *begun) (*source, *run.Best) {
	s := &source{how: b.how(), finish: r.finishes(b), points: mostPoints}
	if h := b.header.Replay; h != nil && len(h.Schedule.Segments) > 0 {
		s.keys = slices.Sorted(maps.Keys(h.Schedule.Segments[0].Hyper))
	} else {
		s.keys = b.searched().Keys()
	}
	best, err := r.files.Best()
	r.note(err)
	if err != nil || best == nil {
		return s, nil
	}
	s.winner, s.won = Place{best.Generation, best.Member}, true
	return s, best
}

// readCourse reads how the search went, and returns how many epochs the generations before
// the last have.
func (r *Reader) readCourse(d *Document, b *begun, from *source) (before int) {
	s := &d.State
	done := r.completed(from)
	newest, epochs := r.readNewest(done, from)
	s.EpochsDone, s.Copies, s.Diverged = done.epochs+epochs, done.copies, done.diverged
	for _, g := range newest {
		for _, m := range g.Members {
			if m.Copied {
				s.Copies++
			}
			if m.State == "diverged" {
				s.Diverged++
			}
		}
	}
	for _, text := range done.notes {
		r.note(errors.New(text))
	}
	all := slices.Concat(done.generations, newest)
	c := &d.Course
	c.Unit, c.ScoreOf, c.Population, c.Hyper = b.loss, ofValidation, from.how == exploits, b.hyper(done.keys)
	if of := b.header.ScoreOf(); of != "" {
		c.ScoreOf = of
	}
	if from.won {
		c.Winner, c.Line = lineage(all, from.winner), done.line
	}
	c.Generations, c.Thinned = thin(all)
	s.Generation = -1
	if n := len(all); n > 0 {
		s.Generation = all[n-1].Generation
		before = s.EpochsDone - all[n-1].trained()
	}
	return before
}

// trained is how many epochs a generation's members trained.
func (g *Generation) trained() (epochs int) {
	for i := range g.Members {
		epochs += g.Members[i].trained
	}
	return epochs
}

// completed returns what the tables say, read anew if they have changed.
func (r *Reader) completed(from *source) *completed {
	state := r.stamp() + from.String()
	if r.done == nil || r.state != state {
		r.done, r.state = r.readCompleted(from), state
		if r.stamp()+from.String() != state { // they changed meanwhile
			r.state = ""
		}
	}
	return r.done
}

// readState reads where the run stands. The generations before the last have trained so
// many epochs.
func (r *Reader) readState(d *Document, b *begun, before int) {
	s := &d.State
	s.Most, s.EpochsMost = b.most()
	if r.ended {
		state, err := r.files.State()
		r.note(err)
		s.Status, s.Reason = "finished", r.placeless(state.Reason)
		return
	}
	now := r.account(s.Generation, max(0, s.EpochsMost-before))
	s.Status, s.Reason = now.Status, r.placeless(now.Reason)
	if left := now.SecondsLeft; s.Live() && s.EpochsMost > 0 && left != nil && finite(*left) {
		s.SecondsLeft = left
	}
}

// account returns where the run stands, which can train most epochs more from a generation on. What
// one file of it says does not depend on others: of units and models that cannot be read, only what
// they would say is missing.
func (r *Reader) account(generation, most int) *watch.Status {
	w := watch.New(r.dir)
	w.Since(generation)
	now, err := w.Status(most)
	if err != nil {
		r.note(err)
		now, err = w.Account()
	}
	if err == nil {
		return now
	}
	r.note(err)
	state, err := r.files.State()
	now = &watch.Status{Status: state.Status, Reason: state.Reason}
	if own := (State{Status: state.Status}); err != nil || own.Status == "" || own.Live() { // that it runs it may say for ever
		now.Status = "unknown"
	}
	return now
}

// choose takes in the model that the search has come to.
func (d *Document) choose(best *run.Best, among []string) {
	c := &Chosen{
		Place: Place{best.Generation, best.Member}, Words: best.String(), Epoch: best.Epoch, Score: known(Number(best.Score)), Among: among,
	}
	if best.FinalScore != nil {
		c.Final = known(Number(*best.FinalScore))
	}
	for _, h := range d.Course.Hyper {
		c.Hyper = append(c.Hyper, valueOf(best.Hyper, h.Key))
	}
	for _, m := range best.Members {
		c.Mean = append(c.Mean, Place{m.Generation, m.Member})
	}
	d.Chosen = c
}
