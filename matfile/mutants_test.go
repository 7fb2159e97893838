package matfile

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/testenv"
)

// TestMutants damages files and compares what this package still reads of them with
// what SciPy (7.3: h5py) reads: it may refuse what they do not, but must never return
// other values, take long or allocate without bound. AUTOLFADS_MUTANTS says how many,
// AUTOLFADS_SEED which; `make mutants` makes ten times as many.
func TestMutants(t *testing.T) {
	m := &mutants{t: t, python: testenv.Python(t, "scipy", "h5py"), dir: t.TempDir(), seed: uint64(testenv.Number(t, "AUTOLFADS_SEED", 1))}
	for _, name := range goldens {
		m.parents = append(m.parents, newParent(t, name))
	}
	const flight = 500 // mutants on disk at a time
	n := testenv.Number(t, "AUTOLFADS_MUTANTS", 2000)
	for from := 0; from < n; from += flight {
		m.fly(from, min(from+flight, n))
	}
	t.Logf("seed %d: %d mutants; of %d variables %d refused, %d read as the judge does, %d read that it refuses; at most %d KiB allocated, %v taken",
		m.seed, n, m.items, m.refused, m.same, m.alone, m.most>>10, m.longest)
	if m.same < n || m.refused < n/4 {
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
	most                        uint64 // bytes that reading a mutant allocated
	longest                     time.Duration
}

// question is what the judge is asked about one file.
type question struct {
	File  string
	Alone bool // in a process of its own
	Items []string

	claims []string // what this package reads of each
	what   string   // the damage
}

// fly makes some mutants, reads them, and has what was read judged.
func (m *mutants) fly(from, to int) {
	var questions []question
	for k := from; k < to; k++ {
		p := m.parents[k%len(m.parents)]
		b := p.mutant(rand.New(rand.NewPCG(m.seed, uint64(k))))
		q := m.claim(p, b)
		q.what = fmt.Sprintf("mutant %d of %s", k, p.name)
		if len(q.Items) == 0 {
			continue
		}
		q.File = filepath.Join(m.dir, "mutant"+strconv.Itoa(k)+".mat")
		if err := os.WriteFile(q.File, b, 0o600); err != nil {
			m.t.Fatal(err)
		}
		defer os.Remove(q.File)
		questions = append(questions, q)
	}
	m.judge(questions)
}

// claim reads a mutant, and notes what that cost.
func (m *mutants) claim(p *parent, b []byte) (q question) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	if f, err := NewReader(bytes.NewReader(b), int64(len(b))); err == nil {
		q = claim(f, "")
	}
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	grew := after.TotalAlloc - before.TotalAlloc
	if grew > 64<<20+uint64(len(b))*100 || took > 5*time.Second {
		m.t.Errorf("a mutant of %s: %d MiB allocated in %v", p.name, grew>>20, took)
	}
	m.most, m.longest = max(m.most, grew), max(m.longest, took)
	m.items += p.variables
	m.refused += p.variables - len(q.Items)
	return q
}

// claim reads the variables of a file, and keeps those that can be read.
func claim(f *File, path string) question {
	q := question{File: path}
	for _, name := range f.Names() {
		a, err := f.Array(name)
		if err != nil {
			continue
		}
		if lines, err := tell(a); err == nil {
			q.Items, q.claims = append(q.Items, name), append(q.claims, line(lines))
		}
	}
	return q
}

// judge compares claims with answers. What differs is asked again in a process of
// its own, where no file before it can have left anything behind.
func (m *mutants) judge(questions []question) {
	var again []question
	for i, answers := range ask(m.t, m.python, questions) {
		q := questions[i]
		for k, answer := range answers {
			if !m.agree(q.claims[k], answer) {
				again = append(again, question{q.File, true, q.Items[k : k+1], q.claims[k : k+1], q.what})
			}
		}
	}
	for i, answers := range ask(m.t, m.python, again) {
		if q := again[i]; !m.agree(q.claims[0], answers[0]) {
			m.t.Errorf("%s: %s: read %.1000s, the judge %.1000s", q.what, q.Items[0], q.claims[0], answers[0])
		}
	}
}

// agree counts an answer that contradicts no claim.
func (m *mutants) agree(claim, answer string) bool {
	switch {
	case answer == claim:
		m.same++
	case !told(answer):
		m.alone++
	default:
		return false
	}
	return true
}

// told reports whether an answer tells values.
func told(answer string) bool { return strings.HasPrefix(answer, "[") }

// ask has the judge read the variables of files, in order.
func ask(t *testing.T, python string, questions []question) (answers [][]string) {
	for _, said := range testenv.Judge[[]any](t, python, "testdata/judge.py", questions) {
		var told []string
		for _, s := range said {
			told = append(told, line(s))
		}
		answers = append(answers, told)
	}
	return answers
}
