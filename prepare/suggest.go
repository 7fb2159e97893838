package prepare

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/prepare/grid"
)

// Suggest returns the command that makes trials of a recording which was opened from
// path with options and surveyed: ready to paste in the current folder. It is "" where
// there is nothing to make trials of.
func Suggest(r *dataset.Recording, s *ingest.Survey, path string, opened ingest.Options) string {
	flags, ok := []string(nil), false
	switch {
	case s.Spikes > 0:
		flags, ok = suggested(r, s.Span, suggestedBin(s))
	case r.Units.Len() == 0:
		flags, ok = suggestedSignal(r)
	}
	if !ok {
		return ""
	}
	words := []string{"autolfads", "prepare", Typed(path), "--out", FreeName(".", path, ".h5")}
	words = append(words, flags...)
	if opened.SampleRate != 0 {
		words = append(words, "--sample-rate", number(opened.SampleRate))
	}
	if opened.AllUnits {
		words = append(words, "--all-units")
	}
	return Command(words...)
}

// SuggestRun returns the command that models the binned spikes of a file, with flags
// that it needs: ready to paste in the current folder.
func SuggestRun(path string, flags ...string) string {
	words := []string{"autolfads", "run", Typed(path), "--out", FreeName(".", path, "-run")}
	return Command(append(words, flags...)...)
}

// suggested returns the flags for the first table of which trials can be made, or for
// windows of all that was recorded; ok is false if neither can be.
func suggested(r *dataset.Recording, span dataset.Interval, binMs float64) (flags []string, ok bool) {
	bin := []string{"--bin-ms", number(binMs)}
	for _, t := range candidates(r) {
		flags, ok := suggestTable(t, span, binMs)
		if ok && t != r.Trials() || ok && len(r.Intervals) > 1 {
			flags = append([]string{"--trials", t.Name}, flags...)
		}
		if ok {
			return append(bin, flags...), true
		}
	}
	length := chopFor(r, span, binMs)
	return append(bin, "--chop-ms", number(math.Round(length*grid.NsPerMs)/grid.NsPerMs)), length > 0
}

// suggestedBin is wider where units fire rarely: in ms.
func suggestedBin(s *ingest.Survey) float64 {
	var rates []float64
	for _, u := range s.Units {
		if u.Spikes > 0 && !math.IsNaN(u.RateHz) {
			rates = append(rates, u.RateHz)
		}
	}
	slices.Sort(rates)
	if len(rates) > 0 && rates[len(rates)/2] < .5 {
		return 50
	}
	return 10
}

// candidates are the tables of trials: the recording's own first, then those of
// intervals, those of most rows first.
func candidates(r *dataset.Recording) []*dataset.Table {
	tables := slices.Clone(r.Intervals)
	slices.SortStableFunc(tables, func(a, b *dataset.Table) int { return b.Rows - a.Rows })
	if own := r.Trials(); own != nil {
		tables = slices.DeleteFunc(tables, func(t *dataset.Table) bool { return t == own })
		tables = append([]*dataset.Table{own}, tables...)
	}
	return tables
}

// Lengths of windows that are suggested, in ms.
const (
	mostTrialMs  = 3000 // longer trials are long to train
	usualMs      = 1000
	beforeMs     = 250
	leastBins    = 10
	suggestTenth = 10 // one in so many trials may be shorter
)

// chopFor is the length of windows of which a recording has ten at least, in ms; 0 if
// they would be shorter than a bin. Where it says when units were observed, a window
// is no longer than the longest stretch.
func chopFor(r *dataset.Recording, spikes dataset.Interval, binMs float64) float64 {
	stretches := []dataset.Interval{spikes}
	if r.Units.Observed != nil {
		stretches = grid.Merged(slices.Concat(r.Units.Observed...))
	}
	longest, all := 0., 0.
	for _, s := range stretches {
		longest, all = max(longest, s.Stop-s.Start), all+(s.Stop-s.Start)
	}
	if math.IsInf(all, 0) {
		return 0
	}
	return whole(min(usualMs, 1000*longest, 1000*all/10), binMs)
}

// whole rounds a time down to whole bins, or fives of them if there are ten; 0 if it is
// shorter than a bin.
func whole(ms, binMs float64) float64 {
	step := binMs
	if ms >= leastBins*binMs {
		step *= 5
	}
	if !(ms >= binMs) {
		return 0
	}
	return math.Floor(ms/step+1e-9) * step
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func windowFlag(from, to float64) string { return fmt.Sprintf("--window=%v", Window{from, to}) }
