package dataset

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/autolfads/autolfads/tree"
)

// TruthUnit is the unit of the true rates in a file.
type TruthUnit string

// Units of true rates. The zero value leaves it to the file.
const (
	TruthFromFile TruthUnit = ""      // by conversion_factor, else unknown
	TruthHz       TruthUnit = "hz"    // spikes per second
	TruthCount    TruthUnit = "count" // spikes per bin
)

// Options say what a file may leave open.
type Options struct {
	BinWidth     time.Duration // 0: as the attribute bin_width_ms says
	TruthUnit    TruthUnit
	Axes         string  // order of the axes in the file, such as "neurons,bins,trials"; "": trials, bins, neurons
	EncodDiffers bool    // held-in neurons differ on purpose from those reconstructed: the first of those are meant
	Group        string  // where in the file the arrays stand; "": at its top, or in the only group of the Neural Latents Benchmark
	ValidShare   float64 // of trials that validate where the file does not say which; 0: DefaultShare
	SplitSeed    uint64  // which these are, and which neurons are set aside
	SetAside     float64 // neurons, of those read, that are set aside: a number, or a share below 1; 0: none
	SpikesAlone  bool    // any one split is enough, as are its held-in neurons, or an array without a split: for inference
	Glance       bool    // of large arrays only the first trials are held: Dataset.Summary is of all, as Dataset.Glance says

	// Told hears at a glance how many numbers of how many are read; nil: nobody does.
	Told func(read, of int64)

	above int // numbers from which on a glance does not hold all; 0: glanceAbove
}

// Load reads a file of one of the layouts that the package's text lists, told apart
// by their keys. Numbers of any type become float32. A file of another layout is
// an error that lists the keys found and the layouts known; an array that does
// not fit the others is an error that names both. Held-in neurons that stand
// elsewhere in the file come first (see Dataset.Order). Whether a model can be
// made of the numbers, [Dataset.Check] says.
func Load(path string, o Options) (*Dataset, error) {
	f, err := tree.Open(path)
	if err != nil {
		return nil, fmt.Errorf("dataset: %w", err)
	}
	defer f.Close()
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	l := &loader{group: f.Root(), name: name, size: sizeOf(path), options: o, flat: map[*Array]bool{}}
	d, err := l.load()
	if err != nil {
		return nil, fmt.Errorf("dataset: %s: %w", path, err)
	}
	d.Name = name
	return d, nil
}

// loader reads one file.
type loader struct {
	group     tree.Group
	name      string   // of the file, without extension
	size      int64    // of the file, in bytes; 0: not known
	glanced   *glanced // the group, of which only the first trials are seen; nil: all are
	divided   int      // trials that were divided, of those not seen too; 0: none were
	groupName string   // of the group in which the arrays stand; "": at the top
	options   Options
	layout    *layout
	taken     []string // keys that the layout does not know of and that are read
	stepRead  bool     // dt says how wide bins are
	axes      axes
	flat      map[*Array]bool // arrays of trials x bins alone: one feature
	origins   []float64       // where each output of behaviour begins; nil: none is read yet
	notes     []string        // what was found and gone on with
	err       error           // the first one
}

func (l *loader) load() (*Dataset, error) {
	var err error
	if l.axes, err = parseAxes(l.options.Axes); err != nil {
		return nil, err
	}
	if err = l.enter(); err != nil {
		return nil, err
	}
	found, err := findLayout(l.group, l.options.SpikesAlone)
	if err != nil {
		return nil, err
	}
	own := *found
	l.layout = &own
	if l.options.Glance {
		if l.glanced = glanceAt(l.group, l.axes, cmp.Or(l.options.above, glanceAbove)); l.glanced != nil {
			l.group = l.glanced
		}
	}
	d := &Dataset{layout: l.layout, alone: l.options.SpikesAlone}
	if d.BinWidth, err = l.binWidth(); err != nil {
		return nil, err
	}
	l.splits(d)
	l.conditions(d)
	l.oracle(d)
	l.names(d)
	l.scale(d)
	l.chop(d)
	l.findUnread(d)
	if l.err == nil {
		l.err = l.convertTruth(d)
	}
	if l.err == nil {
		l.err = l.fit(d)
	}
	if l.err == nil && !l.layout.benchmark && d.Order == nil {
		d.findHeldIn(l.options.EncodDiffers)
	}
	if l.err == nil && l.glanced != nil {
		l.err = l.glance(d)
	}
	if l.err == nil {
		l.err = l.draw(d)
	}
	d.notes = l.notes
	return d, l.err
}

// splits reads the splits as the layout has them.
func (l *loader) splits(d *Dataset) {
	if l.layout.whole != "" {
		l.findBeside()
	}
	switch {
	case l.layout.benchmark:
		l.benchmark(d)
	case l.layout.whole != "" && !d.alone:
		l.plain(d)
	default:
		d.Train, d.Valid, d.Test = l.split("train"), l.split("valid"), l.split("test")
		l.wasDivided(d)
		if l.layout.whole != "" {
			l.holdOutAlone(d)
		}
	}
}
