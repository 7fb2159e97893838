package dataset

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/autolfads/autolfads/tree"
)

// Tensors of the Neural Latents Benchmark keep the neurons that are read and those
// that are held out apart, and forward bins apart from both (Pei et al. 2021). Trials
// called eval are the test split; which training trials validate, the file does not
// say. A file may have a group for each data set, whose name ends in _20 where bins
// are 20 ms wide; else they are 5 ms wide.

const suffixForward = "_forward"

// benchmarkWords are what keys begin with; the test split is eval.
var benchmarkWords = []string{"train", "valid", "val", "eval"}

// benchmark reads all splits.
func (l *loader) benchmark(d *Dataset) {
	l.layout.words = map[string]string{"test": "eval"}
	d.Train = l.benchmarkSplit("train", nil)
	if l.err != nil {
		return
	}
	like := d.Train
	for _, word := range []string{"valid", "val"} {
		if d.Valid == nil && l.err == nil && l.group.Has(word+l.layout.encod) {
			l.layout.words["valid"] = word
			d.Valid = l.benchmarkSplit("valid", like)
		}
	}
	d.Test = l.benchmarkSplit("test", like)
	if l.err != nil || d.Train == nil {
		return
	}
	if d.Test != nil && d.Test.Recon == nil && !d.alone {
		l.notes = append(l.notes, "eval trials are the test split; what is held out of them is not in the file, and no score is of them")
	}
	if d.Valid == nil && !d.alone {
		l.numberEval(d)
		l.layout.words["valid"] = "train"
		l.divide(d, d.Train, "train"+l.layout.encod)
	}
}

// numberEval numbers eval trials behind the training trials, if the file numbers
// neither.
func (l *loader) numberEval(d *Dataset) {
	if d.Train.TrialIDs == nil && d.Test != nil && d.Test.TrialIDs == nil {
		d.Test.TrialIDs = numbered(d.Train.Trials(), d.Test.Trials())
	}
}

// benchmarkSplit reads the arrays of one split; nil if the file has no such spikes.
// What is reconstructed has the shape of that of another split, if there is one.
func (l *loader) benchmarkSplit(split string, like *Split) *Split {
	encod := l.spikes(l.layout.key(split, l.layout.encod))
	if encod == nil {
		return nil
	}
	s := &Split{Encod: encod}
	s.Recon = l.heldOut(split, encod, like)
	if l.options.SpikesAlone && s.Recon == encod {
		s.Recon = nil
	}
	l.besideSpikes(split, s)
	return s
}

// heldOut puts together what is reconstructed: the neurons read, those held out
// behind them, forward bins behind both. What the file lacks of it was not observed;
// nil if it is a test split that lacks all but what is read.
func (l *loader) heldOut(split string, encod *Array, like *Split) *Array {
	out := l.spikes(l.layout.key(split, l.layout.recon))
	forward := l.spikes(l.layout.key(split, l.layout.encod+suffixForward))
	outForward := l.spikes(l.layout.key(split, l.layout.recon+suffixForward))
	if l.err != nil {
		return nil
	}
	lacks := out == nil && forward == nil && outForward == nil
	bins := encod.Bins + max(binsOf(forward), binsOf(outForward))
	features := encod.Features + max(featuresOf(out), featuresOf(outForward))
	if like != nil && like.Recon != nil && lacks && (like.Recon.Bins > bins || like.Recon.Features > features) {
		return nil
	}
	if lacks {
		return encod
	}
	if like != nil && like.Recon != nil {
		bins, features = max(bins, like.Recon.Bins), max(features, like.Recon.Features)
	}
	parts := []tensor{
		{l.layout.encod, encod, 0, 0, encod.Bins, encod.Features},
		{l.layout.recon, out, 0, encod.Features, encod.Bins, features - encod.Features},
		{l.layout.encod + suffixForward, forward, encod.Bins, 0, bins - encod.Bins, encod.Features},
		{l.layout.recon + suffixForward, outForward, encod.Bins, encod.Features, bins - encod.Bins, features - encod.Features},
	}
	all := NewArray(encod.Trials, bins, features)
	for _, p := range parts {
		switch {
		case p.a == nil:
			all.hide(p)
		case p.a.Trials != all.Trials || p.a.Bins != p.bins || p.a.Features != p.features:
			l.err = fmt.Errorf("%s has %v, and should have %d trials x %d bins x %d to go with %s and the others",
				l.layout.key(split, p.suffix), p.a, all.Trials, p.bins, p.features, l.layout.key(split, l.layout.encod))
			return nil
		default:
			all.put(p)
		}
	}
	return all
}

// tensor is a part of what is reconstructed, from a bin and a feature on.
type tensor struct {
	suffix         string
	a              *Array // nil: the file has none
	bin, feature   int
	bins, features int
}

func binsOf(a *Array) int {
	if a == nil {
		return 0
	}
	return a.Bins
}

func featuresOf(a *Array) int {
	if a == nil {
		return 0
	}
	return a.Features
}

// put copies a part into a.
func (a *Array) put(p tensor) {
	for trial := range a.Trials {
		for bin := range p.bins {
			copyPages(a.Bin(trial, p.bin+bin)[p.feature:], p.a.Bin(trial, bin))
		}
	}
}

// hide marks a part of a as not observed.
func (a *Array) hide(p tensor) {
	for trial := range a.Trials {
		for bin := range p.bins {
			values := a.Bin(trial, p.bin+bin)[p.feature:][:p.features]
			for i := range values {
				values[i] = float32(math.NaN())
			}
		}
	}
}

// enter goes into the group that the options name, or the only one that holds
// tensors of the benchmark, or stays and takes targets of a group, too.
func (l *loader) enter() error {
	if name := l.options.Group; name != "" {
		g, err := tree.GroupAt(l.group, name)
		if err != nil {
			return fmt.Errorf("group %s (--data-group, data.group): %w", name, err)
		}
		l.group, l.groupName = g, filepath.Base(name)
		return nil
	}
	found := benchmarkGroups(l.group)
	switch {
	case len(found) > 1:
		return fmt.Errorf("there are %d data sets, in groups %s: say which with --data-group %s (data.group)", len(found), strings.Join(found, ", "), found[0])
	case len(found) == 1:
		g, err := tree.GroupAt(l.group, found[0])
		if err != nil {
			return err
		}
		l.group, l.groupName = g, found[0]
		l.notes = append(l.notes, "the data set is that of group "+found[0])
	default:
		return l.addTargets()
	}
	return nil
}

func benchmarkLayout() *layout {
	return &layouts[slices.IndexFunc(layouts, func(l layout) bool { return l.benchmark })]
}

// benchmarkGroups returns the groups that hold tensors of the benchmark, if none
// stand outside of groups.
func benchmarkGroups(g tree.Group) (names []string) {
	l := benchmarkLayout()
	if l.anySplit(g) {
		return nil
	}
	for _, key := range g.Keys() {
		if inner, err := tree.GroupAt(g, key); err == nil && l.anySplit(inner) {
			names = append(names, key)
		}
	}
	return names
}

// benchmarkWidth is how wide the benchmark's bins are by the name of the group, or
// else of the file.
func (l *loader) benchmarkWidth() time.Duration {
	if !l.layout.benchmark {
		return 0
	}
	width := 5 * time.Millisecond
	if strings.HasSuffix(l.groupName, "_20") || l.groupName == "" && strings.HasSuffix(l.name, "_20") {
		width = 20 * time.Millisecond
	}
	l.notes = append(l.notes, fmt.Sprintf("the file does not say how wide bins are: %v, as those of the Neural Latents Benchmark are (_20 in the name: 20ms; --bin-ms says another)", width))
	return width
}
