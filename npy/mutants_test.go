package npy

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/testenv"
)

// TestMutants damages files that NumPy wrote and compares what this package still
// reads of them with what NumPy reads: it may refuse what NumPy does not, but must
// never return other values, nor take long or much memory. AUTOLFADS_MUTANTS says
// how many, AUTOLFADS_SEED which; `make mutants` makes ten times as many.
func TestMutants(t *testing.T) {
	m := &mutants{t: t, python: testenv.Python(t, "numpy"), dir: t.TempDir(), seed: uint64(testenv.Number(t, "AUTOLFADS_SEED", 1))}
	m.parents = parents(t)
	m.whole()
	const flight = 500 // mutants on disk at a time
	n := testenv.Number(t, "AUTOLFADS_MUTANTS", 2000)
	for from := 0; from < n; from += flight {
		m.fly(from, min(from+flight, n))
	}
	t.Logf("seed %d: %d mutants of %d files; of %d values %d refused, %d read as NumPy does, %d read that NumPy refuses",
		m.seed, n, len(m.parents), m.items, m.refused, m.same, m.alone)
	if m.same < n || m.refused < n || m.alone > m.same/10 {
		t.Errorf("too few or many of one kind: does the damage reach the headers, and not all of them?")
	}
}

// mutants counts what became of damaged files.
type mutants struct {
	t           *testing.T
	python, dir string
	seed        uint64
	parents     []*parent

	items, refused, same, alone int
}

// question is what the judge is asked about one file.
type question struct {
	File  string
	Items []string

	claims []string // what this package reads, for each item
}

// whole checks that both read all of the files that are not damaged.
func (m *mutants) whole() {
	var questions []question
	for _, p := range m.parents {
		q := m.claim(p, p.whole)
		q.File = filepath.Join("testdata/files", p.name)
		if len(q.Items) != len(p.items) || len(q.Items) == 0 {
			m.t.Errorf("%s: %d of %d values are read", p.name, len(q.Items), len(p.items))
		}
		questions = append(questions, q)
	}
	for i, answers := range m.ask(questions) {
		for k, answer := range answers {
			if claim := questions[i].claims[k]; answer != claim {
				m.t.Errorf("%s: %v: %s, NumPy reads %s", questions[i].File, questions[i].Items[k], claim, answer)
			}
		}
	}
}

// fly makes some mutants, reads them, and has what was read judged.
func (m *mutants) fly(from, to int) {
	var questions []question
	for k := from; k < to; k++ {
		p := m.parents[k%len(m.parents)]
		b := p.mutant(m.t, rand.New(rand.NewPCG(m.seed, uint64(k))))
		q := m.claim(p, b)
		m.items += len(p.items)
		m.refused += len(p.items) - len(q.Items)
		if len(q.Items) == 0 {
			continue
		}
		q.File = filepath.Join(m.dir, fmt.Sprintf("mutant%d-%s", k, p.name))
		if err := os.WriteFile(q.File, b, 0o600); err != nil {
			m.t.Fatal(err)
		}
		defer os.Remove(q.File)
		questions = append(questions, q)
	}
	for i, answers := range m.ask(questions) {
		for k, answer := range answers {
			m.judge(questions[i], k, answer)
		}
	}
}

// judge compares a claim with an answer.
func (m *mutants) judge(q question, k int, answer string) {
	switch claim := q.claims[k]; {
	case answer == claim:
		m.same++
	case strings.HasPrefix(answer, "refused"), answer == "crashed":
		if m.alone++; testing.Verbose() {
			m.t.Logf("%s: %v: read %.40s, %s", filepath.Base(q.File), q.Items[k], claim, answer)
		}
	default:
		m.t.Errorf("%s: %v: read %.60s, NumPy %.60s", filepath.Base(q.File), q.Items[k], claim, answer)
	}
}

// ask has NumPy read the items of files, in order.
func (m *mutants) ask(questions []question) [][]string {
	return testenv.Judge[[]string](m.t, m.python, "testdata/judge.py", questions)
}

// absent is the claim, and the answer, that there is no such value.
const absent = "absent"

// claim reads the items of a file, and keeps those that can be read.
func (m *mutants) claim(p *parent, b []byte) (q question) {
	start := time.Now()
	took := allocated(func() {
		f, err := NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		if p.members == nil {
			f.rename(strings.TrimSuffix(p.name, ".npy"))
		}
		q = claims(f, p.items)
	})
	// The files have 30 KiB at most, and are read once for each of 60 items.
	if seconds := time.Since(start).Seconds(); took > 64<<20 || seconds > 5 {
		m.t.Errorf("a mutant of %s takes %d MiB and %.1f s", p.name, took>>20, seconds)
	}
	return q
}

// rename gives a file of one array the name that Open would have given it.
func (f *File) rename(name string) {
	f.entries = map[string]*entry{name: f.entries[f.names[0]]}
	f.names = []string{name}
}

func claims(f *File, items []string) (q question) {
	for _, item := range items {
		a, err := find(f, item)
		claim := absent
		if err == nil {
			claim, err = tell(a)
		}
		if err != nil && !errors.Is(err, ErrNotFound) {
			continue
		}
		q.Items = append(q.Items, item)
		q.claims = append(q.claims, claim)
	}
	return q
}

// tell says what is in an array as the judge does: shape and checksums.
func tell(a *Array) (string, error) {
	told := "[" + strings.ReplaceAll(strings.Trim(fmt.Sprint(a.Shape()), "[]"), " ", ", ") + "] "
	if a.Type().IsText() {
		text, err := a.Strings()
		for _, s := range text {
			told += fmt.Sprintf("%x", sha256.Sum256([]byte(s)))
		}
		return told, err
	}
	narrow, err := a.Float32s()
	if err != nil {
		return "", err
	}
	wide, err := a.Float64s()
	var b4, b8 []byte
	for i := range narrow {
		b4 = le.AppendUint32(b4, math.Float32bits(narrow[i]))
		b8 = le.AppendUint64(b8, math.Float64bits(wide[i]))
		if wide[i] != wide[i] { // NumPy's own NaN
			le.PutUint32(b4[4*i:], 0x7fc00000)
			le.PutUint64(b8[8*i:], 0x7ff8000000000000)
		}
	}
	return told + fmt.Sprintf("%x%x", sha256.Sum256(b4), sha256.Sum256(b8)), err
}
