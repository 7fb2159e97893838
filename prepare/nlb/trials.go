package nlb

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// trials are those of all parts, one behind the other.
type trials struct {
	n       int
	moments map[string][]int64 // columns of times, in ns
	values  map[string][]value // all other columns
}

// value is a number or a word.
type value struct {
	number float64 // NaN: not known, or a word
	word   string
}

func (v value) known() bool { return v.word != "" || !math.IsNaN(v.number) }

func (v value) String() string {
	if v.word != "" {
		return v.word
	}
	return strconv.FormatFloat(v.number, 'g', -1, 64)
}

func compareValues(a, b value) int {
	return cmp.Or(cmp.Compare(a.number, b.number), strings.Compare(a.word, b.word))
}

// unknowns are n values that are not known.
func unknowns(n int) []value { return slices.Repeat([]value{{number: math.NaN()}}, n) }

// joinTrials puts the tables of trials of all parts one behind the other.
func (s *session) joinTrials() *trials {
	t := &trials{moments: map[string][]int64{}, values: map[string][]value{}}
	for _, p := range s.parts {
		t.n += p.table.Rows
	}
	first := 0
	for _, p := range s.parts {
		for _, c := range p.table.Columns {
			t.add(c, first, int64(p.from)*nsPerMs)
		}
		first += p.table.Rows
	}
	return t
}

// add adds a column of one part, whose first trial is that of a number and whose clock
// begins at a moment.
func (t *trials) add(c *dataset.Column, first int, begin int64) {
	if c.Lists != nil {
		return
	}
	if c.Numbers != nil && strings.HasSuffix(c.Name, "_time") {
		t.addMoments(c, first, begin)
		return
	}
	if t.values[c.Name] == nil {
		t.values[c.Name] = unknowns(t.n)
	}
	for i := range c.Len() {
		t.values[c.Name][first+i] = valueOf(c, i)
	}
}

func (t *trials) addMoments(c *dataset.Column, first int, begin int64) {
	if t.moments[c.Name] == nil {
		t.moments[c.Name] = slices.Repeat([]int64{unknown}, t.n)
	}
	for i, v := range c.Numbers {
		if at := moment(v); at != unknown {
			t.moments[c.Name][first+i] = at + begin
		}
	}
}

func valueOf(c *dataset.Column, row int) value {
	switch {
	case c.Words != nil:
		return value{math.NaN(), c.Words[row]}
	case c.Flags != nil && c.Flags[row]:
		return value{number: 1}
	case c.Flags != nil:
		return value{}
	}
	return value{number: c.Numbers[row]}
}

// has reports whether there is a column of a name.
func (t *trials) has(name string) bool { return t.moments[name] != nil || t.values[name] != nil }

// number is a trial's value in a column; NaN if it is not known.
func (t *trials) number(column string, trial int) float64 {
	if all := t.values[column]; all != nil {
		return all[trial].number
	}
	return math.NaN()
}

// of marks the trials of some splits.
func (t *trials) of(splits ...string) []bool {
	mark := make([]bool, t.n)
	for i, v := range t.values[columnSplit] {
		mark[i] = slices.Contains(splits, v.word)
	}
	return mark
}

// chosen are the places of what is marked.
func chosen(mark []bool) (all []int) {
	for i, m := range mark {
		if m {
			all = append(all, i)
		}
	}
	return all
}
