package experiment

import (
	"cmp"
	"slices"
)

// method is a way and a variant of it, with its cells: a row of tables.
type method struct {
	way, variant string
	cells        []Cell // in the order of splits and seeds
}

// name is what tables call it.
func (m *method) name() string {
	if m.variant == Chosen {
		return m.way
	}
	return m.way + ": " + m.variant
}

// scores are a measure's, by split; empty: there are none.
func (m *method) scores(measure string) bySplit {
	sums, n := bySplit{}, map[int]int{}
	for i := range m.cells {
		c := &m.cells[i]
		if value, ok := c.scored(m.variant, measure); ok {
			sums[c.Split] += value
			n[c.Split]++
		}
	}
	for split := range sums {
		sums[split] /= float64(n[split])
	}
	return sums
}

// each are a measure's scores, cell by cell.
func (m *method) each(measure string) (all []float64) {
	for i := range m.cells {
		if value, ok := m.cells[i].scored(m.variant, measure); ok {
			all = append(all, value)
		}
	}
	return all
}

// methodsOf are the methods that cells have scores of: first what each way chose, ways
// in the order of [Ways], each with those of it under other names behind; then what
// else their runs give.
func methodsOf(cells []Cell) (chosen, others []method) {
	byName := map[string]*method{}
	var order []*method
	for _, c := range inOrder(cells) {
		for _, v := range c.Variants {
			if len(v.Scores) == 0 {
				continue
			}
			m := &method{way: c.Way, variant: v.Name}
			if byName[m.name()] == nil {
				byName[m.name()] = m
				order = append(order, m)
			}
			m = byName[m.name()]
			m.cells = append(m.cells, c)
		}
	}
	for _, m := range order {
		if m.variant == Chosen {
			chosen = append(chosen, *m)
		} else {
			others = append(others, *m)
		}
	}
	return chosen, others
}

// inOrder are cells by way, split and seed.
func inOrder(cells []Cell) []Cell {
	ways := Ways()
	rank := func(c *Cell) int {
		i := 2 * slices.IndexFunc(ways, func(w Way) bool { return w.Name == cmp.Or(c.Of, c.Way) })
		if c.Of != "" {
			i++
		}
		return i
	}
	sorted := slices.Clone(cells)
	slices.SortStableFunc(sorted, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(rank(&a), rank(&b)), cmp.Compare(a.Way, b.Way), cmp.Compare(a.Split, b.Split), cmp.Compare(a.Seed, b.Seed))
	})
	return sorted
}
