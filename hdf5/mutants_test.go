package hdf5

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// TestMutants damages files that h5py wrote and compares what this package still
// reads of them with what h5py reads: it may refuse what h5py does not, but must
// never return other values. AUTOLFADS_MUTANTS says how many, AUTOLFADS_SEED
// which; `make mutants` makes ten times as many.
func TestMutants(t *testing.T) {
	python := testenv.Python(t, "h5py")
	m := &mutants{t: t, python: python, dir: t.TempDir(), seed: uint64(testenv.Number(t, "AUTOLFADS_SEED", 1))}
	if out, err := exec.Command(python, "testdata/seeds.py", m.dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, name := range must[[]string](t)(filepath.Glob(m.dir + "/*.h5")) {
		m.parents = append(m.parents, newParent(t, name))
	}
	m.whole()
	const flight = 500 // mutants on disk at a time
	n := testenv.Number(t, "AUTOLFADS_MUTANTS", 2000)
	for from := 0; from < n; from += flight {
		m.fly(from, min(from+flight, n))
	}
	t.Logf("seed %d: %d mutants of %d files; of %d values and attributes %d refused, %d read as h5py does, %d read that h5py refuses, %d of these otherwise than in the whole file; %d took more than %d MiB",
		m.seed, n, len(m.parents), m.items, m.refused, m.same, m.alone, m.other, m.heavy, mutantRoom)
	if m.same < n || m.refused < n {
		t.Errorf("too few of one kind: does the damage reach the structures, and not all of them?")
	}
}

// mutants counts what became of damaged files.
type mutants struct {
	t           *testing.T
	python, dir string
	seed        uint64
	parents     []*parent

	items, refused, same, alone int
	heavy                       int // mutants that took more than mutantRoom
	other                       int // of alone: not what the whole file holds
}

// item is a value to compare: a data set, or an attribute of an object.
type item struct{ Path, Attr string }

// question is what the judge is asked about one file.
type question struct {
	File  string
	Alone bool // in a process of its own
	Bytes bool // how many the items have is asked, not what they are
	Items []item

	claims []string // what this package reads, for each item
	before []string // and what it reads if there is no damage
	what   string   // the damage
}

// whole checks that both read all of the files that are not damaged.
func (m *mutants) whole() {
	var questions []question
	for _, p := range m.parents {
		q := m.claim(p, p.whole)
		q.File = p.name
		if len(q.Items) != len(p.items) || len(q.Items) == 0 {
			m.t.Errorf("%s: %d of %d values are read", p.name, len(q.Items), len(p.items))
		}
		p.claims = map[item]string{}
		for k, i := range q.Items {
			p.claims[i] = q.claims[k]
		}
		questions = append(questions, q)
	}
	for i, answers := range m.ask(questions) {
		for k, answer := range answers {
			if claim := questions[i].claims[k]; answer != claim {
				m.t.Errorf("%s: %v: %s, h5py reads %s", questions[i].File, questions[i].Items[k], claim, answer)
			}
		}
	}
}

// fly makes some mutants, reads them, and has what was read judged.
func (m *mutants) fly(from, to int) {
	var questions []question
	for k := from; k < to; k++ {
		r := rand.New(rand.NewPCG(m.seed, uint64(k)))
		p := m.parents[k%len(m.parents)]
		b := p.mutant(r)
		var q question
		grew := allocated(func() { q = m.claim(p, b) })
		q.what = fmt.Sprintf("mutant %d of %s (%s)", k, filepath.Base(p.name), difference(p.whole, b))
		m.items += len(p.items)
		m.refused += len(p.items) - len(q.Items)
		if len(q.Items) == 0 {
			continue
		}
		if grew > mutantRoom {
			defer m.weigh(p, b, k)
		}
		q.File = filepath.Join(m.dir, "mutant"+strconv.Itoa(k))
		if err := os.WriteFile(q.File, b, 0o600); err != nil {
			m.t.Fatal(err)
		}
		defer os.Remove(q.File)
		questions = append(questions, q)
	}
	m.judge(questions)
}

// mutantRoom is how many MiB the reading of a mutant may allocate whatever h5py
// does.
const mutantRoom = 64

// weigh reads the values of a mutant as they lie in the file, with no more than 3
// times the memory of h5py's and mutantRoom.
func (m *mutants) weigh(p *parent, b []byte, k int) {
	grew := allocated(func() { readRaw(b, p.items) })
	name := filepath.Join(m.dir, "heavy")
	if err := os.WriteFile(name, b, 0o600); err != nil {
		m.t.Fatal(err)
	}
	answer := m.ask([]question{{File: name, Alone: true, Bytes: true, Items: p.items}})[0][0]
	judged, err := strconv.ParseUint(answer, 10, 64)
	if m.heavy++; err != nil && answer != "crashed" || grew > 3*(judged>>20)+mutantRoom {
		m.t.Errorf("mutant %d of %s: %d MiB, h5py reads %s bytes", k, filepath.Base(p.name), grew, answer)
	}
}

// readRaw reads the items of a file that can be read.
func readRaw(b []byte, items []item) {
	f, err := NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return
	}
	for _, i := range items {
		if o, err := f.Root().lookUp(i.Path); err != nil {
			continue
		} else if i.Attr != "" {
			_, _ = o.Attr(i.Attr)
		} else if d, err := o.dataset(); err == nil {
			_, _ = d.Raw()
		}
	}
}

// judge compares claims with answers. What differs is asked again in a process of
// its own, where no file before it can have left anything behind.
func (m *mutants) judge(questions []question) {
	var again []question
	for i, answers := range m.ask(questions) {
		q := questions[i]
		for k, answer := range answers {
			if !m.agree(q, k, answer) {
				again = append(again, question{q.File, true, false, q.Items[k : k+1], q.claims[k : k+1], q.before[k : k+1], q.what})
			}
		}
	}
	for i, answers := range m.ask(again) {
		if q := again[i]; !m.agree(q, 0, answers[0]) {
			m.t.Errorf("%s: %v: read %.40s, h5py %.40s", q.what, q.Items[0], q.claims[0], answers[0])
		}
	}
}

// agree counts an answer that contradicts no claim.
func (m *mutants) agree(q question, k int, answer string) bool {
	claim := q.claims[k]
	switch {
	case answer == claim:
		m.same++
	case strings.HasPrefix(answer, "refused"), answer == "crashed", answer == absent:
		if m.alone++; claim != q.before[k] {
			m.other++
			if testing.Verbose() {
				m.t.Logf("%s: %v: read %.40s, %s", q.what, q.Items[k], claim, answer)
			}
		}
	default:
		return false
	}
	return true
}

// ask has h5py read the items of files, in order.
func (m *mutants) ask(questions []question) [][]string {
	return testenv.Judge[[]string](m.t, m.python, "testdata/judge.py", questions)
}

// absent is the claim, and the answer, that there is no such value.
const absent = "absent"

// claim reads the items of a file, and keeps those that can be read.
func (m *mutants) claim(p *parent, b []byte) (q question) {
	f, err := NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return q
	}
	for _, i := range p.items {
		claim, err := read(f, i)
		switch {
		case errors.Is(err, ErrNotFound):
			claim = absent
		case err != nil:
			continue
		}
		q.Items = append(q.Items, i)
		q.claims = append(q.claims, claim)
		q.before = append(q.before, p.claims[i])
	}
	return q
}

// read tells a value as the judge does: shape and checksums.
func read(f *File, i item) (string, error) {
	o, err := f.Root().lookUp(i.Path)
	if err != nil {
		return "", err
	}
	if i.Attr != "" {
		a, err := o.Attr(i.Attr)
		if err != nil {
			return "", err
		}
		return tell(a)
	}
	d, err := o.dataset()
	if err != nil {
		return "", err
	}
	return tell(d)
}
