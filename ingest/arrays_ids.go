package ingest

import (
	"slices"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/tree"
)

// idsOf returns the units' ids: a list in the file, or their places from 1 on.
// Shape, if it has two axes longer than 1, is channels x units: then an id is the
// channel's with the unit's place behind it.
func (a *arrays) idsOf(g tree.Group, units int, shape []int) []string {
	channels, each := units, 1
	if len(shape) == 2 && shape[0] > 1 && shape[1] > 1 {
		channels, each = shape[0], shape[1]
		a.note("%d x %d cells are taken for channels x units; an id is the channel's name and the place of the unit from 0 on; if they are trials x units, add trials.start_time", channels, each)
	}
	names := a.names(g, channels)
	if names == nil {
		a.note("the file names no units: they are numbered from 1 on")
		for i := range channels {
			names = append(names, strconv.Itoa(i+1))
		}
	}
	ids := names
	if each > 1 {
		a.byChannel(names, each)
		ids = make([]string, units)
		for i := range ids {
			ids[i] = names[i/each] + "/" + strconv.Itoa(i%each)
		}
	}
	ids, a.r.Notes = uniqueIDs(ids, a.r.Notes)
	return ids
}

// names returns the file's n names, words or numbers; nil: it has none.
func (a *arrays) names(g tree.Group, n int) []string {
	for _, name := range namesIDs {
		key := firstOf(g, []string{name})
		if key == "" {
			continue
		}
		node, err := g.Open(key)
		if list, ok := node.(tree.Array); err != nil || a.used[node.Path()] || ok && sizeOf(list.Shape()) != n {
			continue
		}
		if names := wordsOf(node); len(names) == n {
			a.take(node)
			return names
		}
	}
	return nil
}

// inNumberOrder returns names in the order of the numbers that they end in, if they
// differ in nothing else; else as they are.
func inNumberOrder(names []string) []string {
	names = slices.Clone(names)
	number := make(map[string]int, len(names))
	head := ""
	for i, name := range names {
		before := strings.TrimRight(name, "0123456789")
		n, err := strconv.Atoi(name[len(before):])
		if err != nil || i > 0 && before != head {
			return names
		}
		number[name], head = n, before
	}
	slices.SortStableFunc(names, func(a, b string) int { return number[a] - number[b] })
	return names
}

// wordsOf returns a node's words, or its numbers as words; nil: it has none.
func wordsOf(n tree.Node) []string {
	switch n := n.(type) {
	case tree.Array:
		if n.IsText() {
			words, err := n.Strings()
			if err != nil {
				return nil
			}
			return words
		}
		if !n.IsNumber() || n.Fields() != nil {
			return nil
		}
		numbers, err := n.Float64s()
		if err != nil {
			return nil
		}
		words := make([]string, len(numbers))
		for i, v := range numbers {
			words[i] = idText(v)
		}
		return words
	case tree.Cells:
		var words []string
		for i := range n.Len() {
			cell, err := n.Cell(i)
			if err != nil {
				return nil
			}
			a, ok := unwrapped(cell).(tree.Array) // cells can hold themselves
			if !ok || sizeOf(a.Shape()) != 1 {
				return nil
			}
			w := wordsOf(a)
			if len(w) != 1 {
				return nil
			}
			words = append(words, w[0])
		}
		return words
	}
	return nil
}
