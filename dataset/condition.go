package dataset

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/autolfads/autolfads/tree"
)

// suffixConditionLists is of the trials of each condition, or the condition of each
// trial; prefixLabels is TensorFlow 1's spelling.
const (
	suffixConditionLists = "_cond_idx"
	prefixLabels         = "condition_labels_"
)

// conditionOf reads the conditions of a split's trials, as numbers or words.
func (l *loader) conditionOf(split string, trials int) (numbers []int64, words []string) {
	keys := make([]string, 0, 4)
	for _, suffix := range suffixesCondition {
		keys = append(keys, l.layout.key(split, suffix))
	}
	for _, key := range append(keys, prefixLabels+split) {
		if numbers, words = l.condition(key); numbers != nil || words != nil {
			return numbers, words
		}
	}
	return l.conditionLists(l.layout.key(split, suffixConditionLists), trials), nil
}

// conditions brings the conditions of all splits together. Whole numbers stay as they
// are; words and other numbers become their places in sorted order, the same in all
// splits.
func (l *loader) conditions(d *Dataset) {
	var all []string
	for _, s := range d.splits() {
		all = append(all, s.words...)
	}
	if len(all) == 0 {
		return
	}
	for _, s := range d.splits() { // numbers of one split beside words of another
		for _, c := range s.Condition {
			s.words = append(s.words, strconv.FormatInt(c, 10))
		}
		all = append(all, s.words...)
	}
	slices.Sort(all)
	d.Conditions = slices.Compact(all)
	for _, s := range d.splits() {
		if s.words != nil {
			s.Condition, s.words = placesOf(s.words, d.Conditions), nil
		}
	}
}

func placesOf(words, sorted []string) []int64 {
	places := make([]int64, len(words))
	for i, w := range words {
		p, _ := slices.BinarySearch(sorted, w)
		places[i] = int64(p)
	}
	return places
}

// condition reads one number or word per trial. What is neither is noted and
// left out.
func (l *loader) condition(key string) ([]int64, []string) {
	d := l.beside(key)
	if d == nil {
		return nil, nil
	}
	if d.IsText() {
		words, err := d.Strings()
		return nil, noted(l, key, words, err)
	}
	if whole, err := d.Int64s(); err == nil {
		return whole, nil
	}
	values, err := d.Float64s()
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = strconv.FormatFloat(v, 'g', -1, 64)
	}
	return nil, noted(l, key, words, err)
}

// beside opens what no model needs: nil if there is none, or it is no array, which
// is noted.
func (l *loader) beside(key string) tree.Array {
	if l.err != nil || !l.group.Has(key) {
		return nil
	}
	a, err := tree.ArrayAt(l.group, key)
	if err != nil {
		l.notes = append(l.notes, fmt.Sprintf("%s is not used: %v", key, err))
		return nil
	}
	return a
}

// noted returns v, or notes the error that it is left out for.
func noted(l *loader, key string, v []string, err error) []string {
	if err == nil {
		return v
	}
	l.notes = append(l.notes, fmt.Sprintf("%s is not used: %v", key, err))
	return nil
}

// conditionLists reads the trials of each condition, a list each, or the condition of
// each trial. What is neither is noted and left out.
func (l *loader) conditionLists(key string, trials int) []int64 {
	if l.err != nil || !l.group.Has(key) {
		return nil
	}
	lists, err := l.listsAt(key, trials)
	var of []int64
	if err == nil {
		of, err = fromLists(lists, trials)
	}
	if err != nil {
		l.notes = append(l.notes, fmt.Sprintf("%s is not used: %v", key, err))
		return nil
	}
	return of
}

// listsAt reads lists of trials: cells, or the rows of an array in which -1 fills
// what is short. One number a trial is its condition, and becomes lists.
func (l *loader) listsAt(key string, trials int) ([][]int64, error) {
	n, err := l.group.Open(key)
	if err != nil {
		return nil, err
	}
	if cells, ok := n.(tree.Cells); ok {
		return listsOf(cells)
	}
	a, ok := n.(tree.Array)
	if !ok {
		return nil, fmt.Errorf("it is %s, must be a list of trials for each condition", tree.Kind(n))
	}
	v, err := a.Int64s()
	if err != nil {
		return nil, err
	}
	if len(v) == trials && len(a.Shape()) < 2 {
		lists := make([][]int64, 0)
		for trial, c := range v {
			if c < 0 || c > int64(10*trials) {
				return nil, fmt.Errorf("condition %d of trial %d", c, trial)
			}
			for int64(len(lists)) <= c {
				lists = append(lists, nil)
			}
			lists[c] = append(lists[c], int64(trial))
		}
		return lists, nil
	}
	if len(a.Shape()) != 2 {
		return nil, fmt.Errorf("shape %v for %d trials: must be a list of trials for each condition", a.Shape(), trials)
	}
	lists := make([][]int64, a.Shape()[0])
	for c := range lists {
		row := v[c*a.Shape()[1]:][:a.Shape()[1]]
		lists[c] = slices.DeleteFunc(slices.Clone(row), func(t int64) bool { return t == -1 })
	}
	return lists, nil
}

func listsOf(cells tree.Cells) ([][]int64, error) {
	lists := make([][]int64, cells.Len())
	for c := range lists {
		n, err := cells.Cell(c)
		if err != nil {
			return nil, err
		}
		if n == nil {
			continue
		}
		a, ok := n.(tree.Array)
		if !ok {
			return nil, fmt.Errorf("condition %d is %s, must be a list of trials", c, tree.Kind(n))
		}
		if lists[c], err = a.Int64s(); err != nil {
			return nil, err
		}
	}
	return lists, nil
}

// fromLists returns the condition of each trial. Trials of no list have one each of
// their own. Where trial 0 is in none and the last but one is exceeded, trials are
// counted from 1, as MATLAB does.
func fromLists(lists [][]int64, trials int) ([]int64, error) {
	first := int64(0)
	all := slices.Concat(lists...)
	if slices.Contains(all, int64(trials)) && !slices.Contains(all, 0) {
		first = 1
	}
	of := make([]int64, trials)
	for i := range of {
		of[i] = -1
	}
	for c, list := range lists {
		for _, at := range list {
			trial := at - first
			if trial < 0 || trial >= int64(trials) {
				return nil, fmt.Errorf("condition %d has trial %d of %d", c, at, trials)
			}
			if of[trial] >= 0 && of[trial] != int64(c) {
				return nil, fmt.Errorf("trial %d is of conditions %d and %d", at, of[trial], c)
			}
			of[trial] = int64(c)
		}
	}
	next := int64(len(lists))
	for i := range of {
		if of[i] < 0 {
			of[i] = next
			next++
		}
	}
	return of, nil
}

// ConditionName returns the file's word for a condition.
func (d *Dataset) ConditionName(c int64) string {
	if c >= 0 && c < int64(len(d.Conditions)) {
		return d.Conditions[c]
	}
	return strconv.FormatInt(c, 10)
}
