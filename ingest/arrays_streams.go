package ingest

import (
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

var (
	namesClock = []string{"timestamps", "time", "times", "t"} // of a group's arrays, or behind NAME_
	namesValue = []string{"data", "values", "value", "signal"}
	namesUnit  = []string{"unit", "units"}
	namesStamp = []string{"start", "starting_time", "start_time", "t0"}
)

// streams finds the signals of a group: an array with a clock or a rate of its
// own (NAME with NAME_time or NAME_rate, or a group of data with timestamps or
// rate), and those that share the group's clock.
func (a *arrays) streams(g tree.Group) {
	for _, key := range g.Keys() {
		if inner := groupAt(g, key); inner != nil && !a.used[inner.Path()] {
			if value := firstOf(inner, namesValue); value != "" && a.stream(key, inner, value, "") {
				a.take(g, inner)
			}
			continue
		}
		if n := nodeAt[tree.Array](g, key); n != nil && !a.used[n.Path()] {
			a.stream(key, g, key, key+"_")
		}
	}
	a.shared(g)
}

// stream adds the signal at a key of a group if the group has a clock or a rate
// for it under names with a prefix, and reports whether it has.
func (a *arrays) stream(name string, g tree.Group, key, prefix string) bool {
	s := a.signal(name, g, key)
	if s == nil {
		return false
	}
	named := func(names []string) string {
		all := make([]string, len(names))
		for i, n := range names {
			all[i] = prefix + n
		}
		return firstOf(g, all)
	}
	if clock, n := vector(g, named(namesClock)); clock != nil && n == s.Len() && clock.Path() != g.Path()+"/"+key {
		s.Clock = newRows(clock)
		a.take(clock)
	} else if rate, ok := a.scalar(g, named(append(slices.Clone(namesRate), "rate"))); ok && rate > 0 {
		s.Rate = rate
		s.Start, _ = a.scalar(g, named(namesStamp))
	} else {
		return false
	}
	if unit := a.word(g, named(namesUnit)); unit != "" {
		s.Unit = unit
	}
	a.named(s, g, prefix)
	a.add(s)
	return true
}

// shared adds signals that have as many samples as the group's one clock.
func (a *arrays) shared(g tree.Group) {
	clock, n := vector(g, firstOf(g, namesClock))
	if clock == nil || a.used[clock.Path()] || n < 2 {
		return
	}
	for _, key := range g.Keys() {
		s := a.signal(key, g, key)
		if s == nil || s.Len() != n || a.used[nodePath(g, key)] || nodePath(g, key) == clock.Path() {
			continue
		}
		s.Clock = newRows(clock)
		a.add(s)
	}
	for _, s := range a.r.Streams {
		if c, ok := s.Clock.(*rows); ok && c.array.Path() == clock.Path() {
			a.take(clock)
		}
	}
}

func nodePath(g tree.Group, key string) string {
	n, err := g.Open(key)
	if err != nil {
		return ""
	}
	return n.Path()
}

// namesChannels are names of the names of channels.
var namesChannels = []string{"channels", "channel_names", "names", "labels", "muscles", "muscle_names"}

// named gives a stream the names of its channels, if the group lists as many under
// names with a prefix.
func (a *arrays) named(s *dataset.Stream, g tree.Group, prefix string) {
	for _, name := range namesChannels {
		n, err := g.Open(firstOf(g, []string{prefix + name}))
		if err != nil {
			continue
		}
		if c, err := a.columnOf(n); err == nil && len(c.Words) == s.Features {
			a.take(n)
			s.Names = c.Words
			return
		}
	}
}

// add takes a signal over; of two of one name the first.
func (a *arrays) add(s *dataset.Stream) {
	if a.r.Stream(s.Name) != nil {
		a.note("a second stream called %s is left out", s.Name)
		return
	}
	a.used[s.Data.(*rows).array.Path()] = true
	a.r.Streams = append(a.r.Streams, s)
}

// signal is the array at a key as a stream without times; nil: it is none.
func (a *arrays) signal(name string, g tree.Group, key string) *dataset.Stream {
	values := nodeAt[tree.Array](g, key)
	if values == nil || !values.IsNumber() || values.Fields() != nil || a.used[values.Path()] {
		return nil
	}
	shape := values.Shape()
	if len(shape) == 0 || len(shape) > 2 || sizeOf(shape) < 2 {
		return nil
	}
	data := newRows(values)
	if isTurned(shape) {
		data = &rows{values, 1, shape[0]}
	}
	s := &dataset.Stream{Name: name, Features: data.width, Data: data}
	if unit, ok := tree.Text(values, "unit"); ok {
		s.Unit = strings.TrimSpace(unit)
	}
	return s
}

// isTurned reports whether an array is likely to be channels x samples, as MATLAB's
// often are.
func isTurned(shape []int) bool {
	return len(shape) == 2 && shape[0] > 1 && shape[1] >= leastSamples && shape[1] >= leastLonger*shape[0]
}

// rows are an array's numbers as a Series: a row for each place along its first
// axis, or along its only long one.
type rows struct {
	array       tree.Array
	axis, width int
}

func newRows(a tree.Array) *rows {
	shape := a.Shape()
	if _, flat := lengthOf(shape); flat {
		return &rows{a, max(0, slices.IndexFunc(shape, func(n int) bool { return n != 1 })), 1}
	}
	return &rows{a, 0, sizeOf(shape[1:])}
}

// Len implements dataset.Series.
func (r *rows) Len() int { return r.array.Shape()[r.axis] }

// Read implements dataset.Series.
func (r *rows) Read(from, to int) ([]float64, error) {
	shape := r.array.Shape()
	start, count := make([]int, len(shape)), slices.Clone(shape)
	start[r.axis], count[r.axis] = from, to-from
	piece, err := r.array.Slab(start, count)
	if err != nil {
		return nil, err
	}
	all, err := piece.Float64s()
	if err != nil || r.axis == 0 || r.width == 1 {
		return all, err
	}
	return turned(all, r.width), nil
}

// turned returns numbers of channels x samples as samples x channels.
func turned(all []float64, channels int) []float64 {
	out, n := make([]float64, len(all)), len(all)/channels
	for c := range channels {
		for i := range n {
			out[i*channels+c] = all[c*n+i]
		}
	}
	return out
}
