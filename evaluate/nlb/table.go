package nlb

import (
	"fmt"
	"slices"
	"strings"

	prepared "github.com/autolfads/autolfads/prepare/nlb"
)

// Table is scores in words: the row of what is called name among the published rows, the
// best co-bps first, and sentences that say what may be compared.
func Table(s Scores, name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Neural Latents Benchmark, %s, bins of %d ms, %s\n", s.Dataset, s.BinMs, trialsOf(s.Split))
	if s.Warning != "" {
		fmt.Fprintf(&b, "WARNING: %s\n", s.Warning)
	}
	rows := Published(s.Dataset)
	at := slices.IndexFunc(rows, func(r Row) bool { return orderOf(&r.Figures) < orderOf(&s.Figures) })
	if at < 0 {
		at = len(rows)
	}
	rows = slices.Insert(rows, at, Row{s.Dataset, name, s.Figures})
	width := len("method")
	for _, r := range rows {
		width = max(width, len([]rune(r.Method)))
	}
	fmt.Fprintf(&b, "  %-*s %9s %12s %9s %9s\n", width, "method", "co-bps", behaviourName(s.Dataset), "PSTH R2", "fp-bps")
	for i, r := range rows {
		mark := ' '
		if i == at {
			mark = '>'
		}
		f := r.all()
		fmt.Fprintf(&b, "%c %-*s %9s %12s %9s %9s\n", mark, width, r.Method, figure(f[0]), figure(f[1]), figure(f[2]), figure(f[3]))
	}
	for _, sentence := range slices.Concat(s.sentences(len(rows) > 1), s.Notes) {
		fmt.Fprintf(&b, "%s\n", sentence)
	}
	return b.String()
}

func behaviourName(name string) string {
	if name == timing {
		return "tp corr"
	}
	return "velocity R2"
}

func trialsOf(split string) string {
	if split == "" {
		return "trials of a split that the file does not name"
	}
	return "trials of split " + split
}

func figure(v *float64) string {
	if v == nil {
		return "-"
	}
	return fmt.Sprintf("%.4f", *v)
}

// sentences say what the figures are worth beside published ones, if there are any.
func (s *Scores) sentences(published bool) (all []string) {
	if !published {
		all = append(all, "Of "+s.Dataset+" no published figures are known here.")
	} else {
		all = append(all, "Published figures are of the test split: "+PublishedSource())
	}
	switch {
	case published && s.Split == prepared.Val:
		all = append(all, "Yours (>) are of validation trials, and the model may have been chosen by such: they are no rank among the others.")
	case published && s.Split != prepared.Test:
		all = append(all, "Yours (>) are of other trials, as far as is known: they are no rank among the others.")
	}
	if published && s.BinMs != publishedBinMs {
		all = append(all, fmt.Sprintf("Published figures are of bins of %d ms, yours of %d ms: bits per spike differ by that alone.", publishedBinMs, s.BinMs))
	}
	return append(all, "Figures of the test split must not be used for choosing a model or its settings: choose by validation trials.")
}
