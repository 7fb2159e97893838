package page

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"slices"

	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

// mostMembers is how many members a generation may have (pbt.MaxMembers), and mostNewest more
// generations than a run has begun without having put them into its tables.
const (
	mostMembers = 10_000
	mostNewest  = 100
)

// readNewest reads the generations that the tables do not have yet, unit by unit: the one
// under way, as a rule. after is how many epochs the axis has before them.
func (r *Reader) readNewest(done *completed, from *source) (newest []Generation, epochs int) {
	numbers, err := r.files.Generations()
	r.note(err)
	start, known := 0, -1
	if n := len(done.generations); n > 0 {
		last := done.generations[n-1]
		start, known = last.Start+last.Epochs, last.Generation
	}
	for _, number := range numbers {
		if number <= known || len(newest) == mostNewest {
			continue
		}
		g, trained := r.readGeneration(number, done.keys)
		if len(g.Members) == 0 {
			continue
		}
		if from.how != alone {
			g.Start = start
			start += g.Epochs
		}
		epochs += trained
		newest = append(newest, g)
	}
	return newest, epochs
}

// readGeneration reads a generation, and counts its epochs.
func (r *Reader) readGeneration(number int, keys []string) (g Generation, epochs int) {
	g.Generation = number
	members, err := r.files.Members(number)
	r.note(err)
	if len(members) > mostMembers {
		r.note(fmt.Errorf("generation %d has %d members: the first %d are shown", number, len(members), mostMembers))
		members = members[:mostMembers]
	}
	for _, of := range members {
		u, err := r.files.Unit(number, of)
		if err != nil {
			r.noteUnlessGone(err) // its folder was made a moment ago
			continue
		}
		m := r.readMember(&u, keys)
		g.Finish = g.Finish || u.Anneal
		g.Epochs = max(g.Epochs, sane(u.Epochs))
		epochs += m.trained
		g.Members = append(g.Members, m)
	}
	for i := range g.Members {
		g.Members[i].Copied = g.Members[i].Copied && !g.Finish
	}
	return g, epochs
}

// readMember reads a unit, its result and its epochs, as far as they are there.
func (r *Reader) readMember(u *run.Unit, keys []string) Member {
	u.FirstEpoch = sane(u.FirstEpoch)
	m := Member{Member: u.Member, State: "waiting", Epoch: u.FirstEpoch}
	for _, key := range keys {
		m.Hyper = append(m.Hyper, valueOf(u.Hyper, key))
	}
	if p := u.Parent; p != nil {
		m.Parent = &Place{p.Generation, p.Member}
		m.Copied = p.Member != u.Member
	}
	result, err := r.files.Result(*u)
	r.note(err)
	of := r.readCurve(u, result)
	if n := len(of.epochs); n > 0 && result == nil {
		m.State, m.Epoch = "training", of.epochs[n-1]
		m.Score = known(of.scores[n-1])
	}
	if result != nil {
		m.end(result)
	}
	m.take(of, u.FirstEpoch)
	return m
}

// valueOf is a hyper-parameter in force; NaN if it is not set.
func valueOf(h pbt.Hyper, key string) Number {
	if v, set := h[key]; set {
		return Number(v)
	}
	return Number(math.NaN())
}

// end takes in a result.
func (m *Member) end(r *run.Result) {
	m.State, m.Epoch, m.Score = "done", sane(r.Epoch), known(Number(r.Score))
	if m.Score == nil {
		m.State = "diverged"
	}
	if r.Diverged != nil {
		m.Fault = r.Diverged.Error()
	}
}

// sane is a number of epochs as it can be; 0 of others.
func sane(n int) int {
	if n < 0 || n > math.MaxInt32 {
		return 0
	}
	return n
}

// known returns a number, or nil if it is not finite.
func known(n Number) *Number {
	if !finite(float64(n)) {
		return nil
	}
	return &n
}

// readCurve reads the epochs of a unit.
func (r *Reader) readCurve(u *run.Unit, result *run.Result) *curve {
	of := &curve{}
	if result != nil && !filepath.IsLocal(result.Metrics) {
		r.note(fmt.Errorf("the result of %s names metrics outside the run folder", u))
		return of
	}
	path, err := r.files.Metrics(*u, result)
	if err == nil && path != "" {
		err = eachEpoch(path, func(e epoch, _ []byte) {
			if e.at == (Place{u.Generation, u.Member}) && e.epoch > u.FirstEpoch {
				of.add(&e, len(of.epochs) < mostPoints)
			}
		})
	}
	r.noteUnlessGone(err)
	return of
}

// mostNotes is more than anybody reads.
const mostNotes = 100

// note notes what could not be read, once; nil is nothing.
func (r *Reader) note(err error) {
	if err == nil || len(r.notes) > mostNotes {
		return
	}
	text := r.placeless(err.Error())
	if len(r.notes) == mostNotes {
		text = "there is more that could not be read"
	}
	if !slices.Contains(r.notes, text) {
		r.notes = append(r.notes, text)
	}
}

// noteUnlessGone notes an error, unless a file is not there: not yet, or not any more.
func (r *Reader) noteUnlessGone(err error) {
	if !errors.Is(err, fs.ErrNotExist) {
		r.note(err)
	}
}
