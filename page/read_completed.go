package page

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// completed is what the tables of a run say of its completed generations. It is not changed
// once it is made: documents share it.
type completed struct {
	generations []Generation
	keys        []string // of hyper-parameters, as Member.Hyper has them
	epochs      int      // trained, of all members
	copies      int
	diverged    int
	line        *Line
	notes       []string
}

// tables are the files that completed is read from. A run writes each anew when a generation
// is complete.
var tables = []string{"scores.csv", "hyperparameters.csv", "exploits.csv", "metrics.jsonl"}

// mostHyper is more hyper-parameters than can be searched.
const mostHyper = 100

// stamp says of which state the tables are.
func (r *Reader) stamp() string {
	var all strings.Builder
	for _, name := range tables {
		if info, err := os.Stat(filepath.Join(r.dir, name)); err == nil {
			fmt.Fprintf(&all, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano())
		}
	}
	return all.String()
}

// follows says how members come from those of the generation before.
type follows int

const (
	alone    follows = iota // they do not: models are drawn anew
	schedule                // each from itself
	exploits                // each from itself, or from the one that it copied
)

// source is what is needed beside the tables to read them.
type source struct {
	how    follows
	keys   []string     // of hyper-parameters that there are beside those in the table
	finish map[int]bool // generations that are a finish
	winner Place        // whose line's metrics are wanted in full
	won    bool         // there is one
	points int          // that are kept of curves, before only their ends are
}

// String says what the tables are read for.
func (s *source) String() string {
	return fmt.Sprintln(s.how, s.keys, s.finish, s.winner, s.won)
}

// readCompleted reads the tables. What is wrong with them is noted.
func (r *Reader) readCompleted(from *source) *completed {
	c := &completed{}
	read := func(name string) table {
		t, err := readTable(r.dir, name)
		if err != nil {
			c.notes = append(c.notes, err.Error())
		}
		return t
	}
	scores, hyper, copies := read(tables[0]), read(tables[1]), read(tables[2])
	if n := len(hyper.columns); n > mostHyper {
		c.notes = append(c.notes, fmt.Sprintf("%s has %d hyper-parameters: the first %d are shown", tables[1], n, mostHyper))
		hyper.columns = hyper.columns[:mostHyper]
	}
	c.keys = slices.Concat(from.keys, hyper.columns)
	slices.Sort(c.keys)
	c.keys = slices.Compact(c.keys)
	place := map[int]int{} // of each generation in c
	for at := range scores.rows {
		i, known := place[at[0]]
		if !known {
			i = len(c.generations)
			place[at[0]] = i
			c.generations = append(c.generations, Generation{Generation: at[0]})
		}
		m := Member{Member: at[1], State: "done", Fault: scores.cell(at, "diverged"), Epoch: scores.whole(at, "epoch")}
		if v := scores.number(at, "score"); finite(v) {
			n := Number(v)
			m.Score = &n
		} else {
			m.State = "diverged"
			c.diverged++
		}
		for _, key := range c.keys {
			m.Hyper = append(m.Hyper, Number(hyper.number(at, key)))
		}
		c.generations[i].Members = append(c.generations[i].Members, m)
	}
	c.sort(from)
	c.findParents(from, &copies)
	c.addCurves(filepath.Join(r.dir, tables[3]), from)
	return c
}

// sort brings generations and members into their order.
func (c *completed) sort(from *source) {
	slices.SortFunc(c.generations, func(a, b Generation) int { return a.Generation - b.Generation })
	for i := range c.generations {
		g := &c.generations[i]
		g.Finish = from.finish[g.Generation]
		slices.SortFunc(g.Members, func(a, b Member) int { return a.Member - b.Member })
	}
}

// member returns a member in a generation; nil if there is none.
func (c *completed) member(at Place) *Member { return memberOf(c.generations, at) }

// memberOf returns a member of generations in their order; nil if there is none.
func memberOf(all []Generation, at Place) *Member {
	i, ok := slices.BinarySearchFunc(all, at[0], func(g Generation, n int) int { return g.Generation - n })
	if !ok {
		return nil
	}
	j, ok := slices.BinarySearchFunc(all[i].Members, at[1], func(m Member, n int) int { return m.Member - n })
	if !ok {
		return nil
	}
	return &all[i].Members[j]
}

// findParents finds whose parameters each member began with: whose place it took, if the
// table of copies says so, else its own. While nobody has had a score, all begin anew.
func (c *completed) findParents(from *source, copies *table) {
	scored := false
	for i := range c.generations {
		g := &c.generations[i]
		for j := range g.Members {
			m := &g.Members[j]
			at := Place{g.Generation, m.Member}
			parent, taken := placeOf(copies.cell(at, "parent_generation"), copies.cell(at, "parent"))
			switch {
			case from.how == exploits && taken && parent[0] < g.Generation:
				m.Parent, m.Copied = &parent, !g.Finish && parent[1] != m.Member
			case from.how != alone && scored && i > 0 && c.member(Place{c.generations[i-1].Generation, m.Member}) != nil:
				m.Parent = &Place{c.generations[i-1].Generation, m.Member}
			}
			if m.Copied {
				c.copies++
			}
		}
		scored = scored || slices.ContainsFunc(g.Members, func(m Member) bool { return m.Score != nil })
	}
}

// addCurves reads the curves of all members, and the whole metrics of the winner's line.
func (c *completed) addCurves(path string, from *source) {
	curves := map[*Member]*curve{}
	line := newLine(c.generations, from)
	points := 0
	err := eachEpoch(path, func(e epoch, text []byte) {
		m := c.member(e.at)
		if m == nil {
			return
		}
		if curves[m] == nil {
			curves[m] = &curve{}
		}
		curves[m].add(&e, points < from.points)
		points++
		line.see(&e, text)
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.notes = append(c.notes, err.Error())
	}
	for m, of := range curves {
		m.take(of, of.first())
		c.epochs += m.trained
	}
	c.line = line.done()
	c.place(from)
}

// take gives a member its curve, which began when so many epochs were done.
func (m *Member) take(of *curve, first int) {
	m.X, m.Y, m.trained = make([]int, len(of.epochs)), of.scores, of.trained
	for i, e := range of.epochs {
		m.X[i] = e - first
	}
	if m.At = m.Epoch - first; m.At < 0 || len(m.X) == 0 || m.At > m.X[len(m.X)-1] {
		m.At = 0
	}
}

// place puts generations behind each other on the axis of epochs; models that train alone
// begin all at its beginning.
func (c *completed) place(from *source) {
	start := 0
	for i := range c.generations {
		g := &c.generations[i]
		for _, m := range g.Members {
			if n := len(m.X); n > 0 {
				g.Epochs = max(g.Epochs, m.X[n-1])
			}
		}
		if from.how != alone {
			g.Start = start
			start = min(start+g.Epochs, math.MaxInt32)
		}
	}
}
