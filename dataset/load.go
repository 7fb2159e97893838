package dataset

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"time"

	"github.com/autolfads/autolfads/hdf5"
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
	BinWidth  time.Duration // 0: as the attribute bin_width_ms says
	TruthUnit TruthUnit
}

// Load reads a file of the layouts lfads-torch or autolfads-tf2, told apart by
// their keys. Numbers of any type become float32. A file of another layout is
// an error that lists the keys found and the layouts known; an array that does
// not fit the others is an error that names both.
func Load(path string, o Options) (*Dataset, error) {
	f, err := hdf5.Open(path)
	if err != nil {
		return nil, fmt.Errorf("dataset: %w", err)
	}
	defer f.Close()
	l := &loader{group: f.Root(), options: o}
	d, err := l.load()
	if err != nil {
		return nil, fmt.Errorf("dataset: %s: %w", path, err)
	}
	d.Name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	return d, nil
}

// loader reads one file.
type loader struct {
	group   *hdf5.Group
	options Options
	layout  *layout
	err     error // the first one
}

func (l *loader) load() (*Dataset, error) {
	layout, err := findLayout(l.group)
	if err != nil {
		return nil, err
	}
	l.layout = layout
	d := &Dataset{layout: layout}
	if d.BinWidth, err = l.binWidth(); err != nil {
		return nil, err
	}
	d.Train, d.Valid = l.split("train"), l.split("valid")
	if l.group.Has("test" + layout.encod) {
		d.Test = l.split("test")
	}
	for _, key := range l.group.Keys() {
		if !layout.isRead(key) {
			d.Unread = append(d.Unread, key)
		}
	}
	if l.err == nil {
		l.err = l.convertTruth(d)
	}
	if l.err == nil {
		l.err = d.check()
	}
	return d, l.err
}

// binWidth is what the file says, or else the options.
func (l *loader) binWidth() (time.Duration, error) {
	width := l.options.BinWidth
	if width < 0 {
		return 0, fmt.Errorf("bin width %v: must be positive", width)
	}
	ms, ok, err := attribute(l.group, attrBinWidth)
	if err != nil || !ok {
		return width, err
	}
	inFile := time.Duration(math.Round(ms * float64(time.Millisecond)))
	if !(ms > 0) || ms > float64(time.Hour.Milliseconds()) || inFile == 0 {
		return 0, fmt.Errorf("attribute %s is %g: must be a width in milliseconds", attrBinWidth, ms)
	}
	if width != 0 && width != inFile {
		return 0, fmt.Errorf("bins are %v wide by attribute %s, %v by the options: leave the option out, or correct the file", inFile, attrBinWidth, width)
	}
	return inFile, nil
}

// attribute reads a number of the root group; ok is false if there is none.
func attribute(g *hdf5.Group, name string) (v float64, ok bool, err error) {
	attrs, err := g.Attrs()
	if err != nil {
		return 0, false, err
	}
	for _, a := range attrs {
		if a.Name != name {
			continue
		}
		all, err := a.Float64s()
		if err == nil && len(all) != 1 {
			err = fmt.Errorf("attribute %s has %d values: must have one", name, len(all))
		}
		if err != nil {
			return 0, false, err
		}
		return all[0], true, nil
	}
	return 0, false, nil
}

// split reads the arrays of one split. Errors stay in l.err.
func (l *loader) split(name string) *Split {
	s := &Split{Encod: l.array(name + l.layout.encod)}
	if l.layout.recon == l.layout.encod {
		s.Recon = s.Encod
	} else {
		s.Recon = l.array(name + l.layout.recon)
	}
	s.External = l.array(name + suffixExternal)
	s.Truth = l.array(name + suffixTruth)
	s.Latents = l.array(name + suffixLatents)
	s.Behavior = l.array(name + suffixBehavior)
	s.TrialIDs = l.integers(name + suffixTrialIDs)
	for _, suffix := range suffixesCondition {
		if s.Condition == nil {
			s.Condition = l.integers(name + suffix)
		}
	}
	return s
}

// array reads trials x bins x features; nil if the file has no such key.
func (l *loader) array(key string) *Array {
	d := l.open(key)
	if d == nil {
		return nil
	}
	shape := d.Shape()
	if len(shape) != 3 {
		l.err = fmt.Errorf("%s has shape %v: must be trials x bins x features", key, shape)
		return nil
	}
	a := &Array{Trials: shape[0], Bins: shape[1], Features: shape[2]}
	a.Data, l.err = d.Float32s()
	return a
}

// integers reads one integer per trial; nil if the file has no such key.
func (l *loader) integers(key string) []int64 {
	d := l.open(key)
	if d == nil {
		return nil
	}
	var v []int64
	v, l.err = d.Int64s()
	return v
}

// open returns nil if there is no such key, or after an error.
func (l *loader) open(key string) *hdf5.Dataset {
	if l.err != nil || !l.group.Has(key) {
		return nil
	}
	d, err := l.group.Dataset(key)
	l.err = err
	return d
}
