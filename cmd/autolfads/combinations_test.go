package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// combinationsVariable asks for so many random rows; see make combinations.
const combinationsVariable = "AUTOLFADS_COMBINATIONS"

// seedVariable is the seed of random rows; without it, one that is printed.
const seedVariable = "AUTOLFADS_SEED"

// rowVariable is one row to judge, in a folder that stays: what a failure
// prints, "search=pbt; bins=1", other factors having their first values.
const rowVariable = "AUTOLFADS_COMBINATION"

// ledger is what came of many rows.
type ledger struct {
	variable string // of the environment, that is one row
	judged   func(t *testing.T, c combination, dir string) (refusal string, err error)

	mu       sync.Mutex
	rows     int
	refusals map[string]int // by sentence, without its numbers and paths
	failures map[string]int // by the last line of what is wrong, likewise
	shrunk   atomic.Int32   // failures reduced to few factors
}

// newLedger begins one of rows that are judged in some way.
func newLedger(variable string, judged func(*testing.T, combination, string) (string, error)) *ledger {
	return &ledger{variable: variable, judged: judged, refusals: map[string]int{}, failures: map[string]int{}}
}

// Every pair of values of all that can be configured, or that a recording may
// have or lack, goes through info, run, status, resume, infer and two kills.
func TestCombinations(t *testing.T) {
	d := newDesign(allFactors(), clashes())
	chance := rand.New(rand.NewPCG(1, 1))
	rows := d.covering(chance)
	for _, f := range flaws() {
		rows = append(rows, d.combination(d.random(chance)).with(f))
	}
	judgeRows(t, d, thinned(rows))
}

// thinned are as many rows as there is time for: all where nothing may be left out, as in
// .ci/run; else every third; a few with -short, of the first ones, which have most pairs.
func thinned(rows []combination) (some []combination) {
	switch {
	case testing.Short():
		return rows[:6]
	case testenv.Required():
		return rows
	}
	for i := 0; i < len(rows); i += 3 {
		some = append(some, rows[i])
	}
	return some
}

// So many random ones, by hand.
func TestRandomCombinations(t *testing.T) {
	d := newDesign(allFactors(), clashes())
	rows := randomRows(t, d)
	chance := rand.New(rand.NewPCG(uint64(len(rows)), 3))
	for i := range rows {
		if all := flaws(); i%25 == 24 {
			rows[i] = rows[i].with(all[chance.IntN(len(all))])
		}
	}
	judgeRows(t, d, rows)
}

// randomRows are as many as the environment asks for; none of it skips the test.
func randomRows(t *testing.T, d *design) []combination {
	t.Helper()
	n := numberFrom(t, combinationsVariable)
	if n == 0 {
		t.Skipf("set %s to a number of random combinations, or make combinations N=1000", combinationsVariable)
	}
	seed := numberFrom(t, seedVariable)
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("%s=%d gives these rows again", seedVariable, seed)
	chance := rand.New(rand.NewPCG(seed, 2))
	rows := make([]combination, n)
	for i := range rows {
		rows[i] = d.combination(d.random(chance))
	}
	return rows
}

// numberFrom reads a variable of the environment; 0: it is not set.
func numberFrom(t *testing.T, variable string) uint64 {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s=%s: want a number", variable, text)
	}
	return n
}

// One row, in a folder that stays.
func TestOneCombination(t *testing.T) {
	text := os.Getenv(rowVariable)
	if text == "" {
		t.Skipf("set %s to a row that a failure printed", rowVariable)
	}
	d := newDesign(allFactors(), clashes())
	c := d.parse(t, text)
	dir, err := os.MkdirTemp("", "combination-")
	if err != nil {
		t.Fatal(err)
	}
	refusal, err := c.judged(t, dir)
	t.Logf("%s\nin %s\nrefused: %q", d.describe(c), dir, refusal)
	if err != nil {
		t.Error(err)
	}
}

// judgeRows judges rows of settings: at most a tenth may be refused.
func judgeRows(t *testing.T, d *design, rows []combination) {
	l := newLedger(rowVariable, func(t *testing.T, c combination, dir string) (string, error) { return c.judged(t, dir) })
	if refused := l.judgeRows(t, d, rows); 10*refused > len(rows) {
		t.Errorf("%d of %d rows are refused: at most a tenth may be", refused, len(rows))
	}
}

// judgeRows judges rows side by side, and counts refusals.
func (l *ledger) judgeRows(t *testing.T, d *design, rows []combination) (refused int) {
	dir := testenv.MemoryDir(t)
	t.Run("rows", func(t *testing.T) {
		for i, row := range rows {
			t.Run(strconv.Itoa(i), func(t *testing.T) {
				t.Parallel()
				l.judge(t, d, row, filepath.Join(dir, strconv.Itoa(i)))
			})
		}
	})
	for sentence, n := range l.failures {
		t.Logf("failed %d times: %s", n, sentence)
	}
	for sentence, n := range l.refusals {
		t.Logf("refused %d times: %s", n, sentence)
		refused += n
	}
	t.Logf("%d rows, %d refused", l.rows, refused)
	return refused
}

// judge judges a row and, if it fails, those with less in them.
func (l *ledger) judge(t *testing.T, d *design, c combination, dir string) {
	refusal, err := l.judgeIn(t, c, dir)
	l.mu.Lock()
	l.rows++
	if refusal != "" {
		l.refusals[generic(refusal)]++
	}
	if err != nil {
		l.failures[generic(err.Error())]++
	}
	l.mu.Unlock()
	if err == nil {
		return
	}
	const most = 3 // each takes a minute
	if c["flaw"] == "" && l.shrunk.Add(1) <= most {
		c, err = d.shrink(c, err, func(c combination) error {
			_, err := l.judgeIn(t, c, dir)
			return err
		})
	}
	t.Errorf("%v\n%s='%s' shows it again", err, l.variable, d.describe(c))
}

// judgeIn judges a row in a folder that it makes and removes.
func (l *ledger) judgeIn(t *testing.T, c combination, dir string) (refusal string, err error) {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return "", err
	}
	refusal, err = l.judged(t, c, dir)
	if removed := os.RemoveAll(dir); err == nil {
		err = removed
	}
	return refusal, err
}

var (
	numberInText = regexp.MustCompile(`[-+]?\d[\d.e+-]*`)
	pathInText   = regexp.MustCompile(`/\S+`)
)

// generic is what a text says of itself, without what differs from row to row:
// its last line before the command, its first if it is a panic.
func generic(text string) string {
	text, _, _ = strings.Cut(text, "\nby autolfads")
	sentence := text[strings.LastIndex(strings.TrimSpace(text), "\n")+1:]
	for _, mark := range []string{"autolfads:", "panic:"} {
		if at := strings.Index(text, mark); at >= 0 {
			sentence, _, _ = strings.Cut(text[at:], "\n")
		}
	}
	return numberInText.ReplaceAllString(pathInText.ReplaceAllString(sentence, "PATH"), "N")
}

// covering returns rows that have every pair of values.
func (d *design) covering(chance *rand.Rand) (rows []combination) {
	for _, row := range d.cover(chance) {
		rows = append(rows, d.combination(row))
	}
	return rows
}

func (d *design) combination(row []int) combination {
	c := combination{}
	for f, v := range row {
		c[d.factors[f].name] = d.factors[f].values[v]
	}
	return c
}
