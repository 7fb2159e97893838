package dataset

import (
	"fmt"
	"math"
	"path/filepath"
	"strconv"
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
	Axes         string // order of the axes in the file, such as "neurons,bins,trials"; "": trials, bins, neurons
	EncodDiffers bool   // held-in neurons differ on purpose from those reconstructed: the first of those are meant
	SpikesAlone  bool   // any one split is enough, as are its held-in neurons, or an array without a split: for inference
}

// Load reads a file of the layouts lfads-torch or autolfads-tf2, told apart by
// their keys. Numbers of any type become float32. A file of another layout is
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
	l := &loader{group: f.Root(), options: o, flat: map[*Array]bool{}}
	d, err := l.load()
	if err != nil {
		return nil, fmt.Errorf("dataset: %s: %w", path, err)
	}
	d.Name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	return d, nil
}

// loader reads one file.
type loader struct {
	group   tree.Group
	options Options
	layout  *layout
	axes    axes
	flat    map[*Array]bool // arrays of trials x bins alone: one feature
	origins []float64       // where each output of behaviour begins; nil: none is read yet
	notes   []string        // what was found and gone on with
	err     error           // the first one
}

func (l *loader) load() (*Dataset, error) {
	var err error
	if l.axes, err = parseAxes(l.options.Axes); err != nil {
		return nil, err
	}
	if l.layout, err = findLayout(l.group, l.options.SpikesAlone); err != nil {
		return nil, err
	}
	d := &Dataset{layout: l.layout, alone: l.options.SpikesAlone}
	if d.BinWidth, err = l.binWidth(); err != nil {
		return nil, err
	}
	d.Train, d.Valid, d.Test = l.split("train"), l.split("valid"), l.split("test")
	l.conditions(d)
	l.oracle(d)
	for _, key := range l.group.Keys() {
		if !l.layout.isRead(key) {
			d.Unread = append(d.Unread, key)
		}
	}
	if l.err == nil {
		l.err = l.convertTruth(d)
	}
	if l.err == nil {
		l.err = l.fit(d)
	}
	if l.err == nil {
		d.findHeldIn(l.options.EncodDiffers)
	}
	d.notes = l.notes
	return d, l.err
}

// binWidth is what the file says, or else the options.
func (l *loader) binWidth() (time.Duration, error) {
	width := l.options.BinWidth
	if width < 0 {
		return 0, fmt.Errorf("bin width %v: must be positive", width)
	}
	ms, ok, err := l.widthInFile()
	inFile := time.Duration(math.Round(ms * float64(time.Millisecond)))
	if err == nil && ok && (!(ms > 0) || ms > float64(time.Hour.Milliseconds()) || inFile == 0) {
		err = fmt.Errorf("%s is %g: must be a width in milliseconds", attrBinWidth, ms)
	}
	switch {
	case err != nil && width != 0:
		l.notes = append(l.notes, fmt.Sprintf("%v: it is not used, bins are %v wide by the options", err, width))
		return width, nil
	case err != nil:
		return 0, fmt.Errorf("%w; correct it, or say the width with --bin-ms (data.bin_ms)", err)
	case ok && width != 0 && width != inFile:
		return 0, fmt.Errorf("bins are %v wide by %s of the file, %v by the options: leave the option out, or correct the file", inFile, attrBinWidth, width)
	case ok:
		return inFile, nil
	}
	return width, nil
}

// widthInFile reads the bin width: an attribute or a data set, a number or its
// digits.
func (l *loader) widthInFile() (ms float64, ok bool, err error) {
	if l.group.Has(attrBinWidth) {
		ms, err = scalar(l.group, attrBinWidth)
		return ms, true, err
	}
	ms, ok, err = tree.Number(l.group, attrBinWidth)
	if err == nil {
		return ms, ok, nil
	}
	if text, isText := tree.Text(l.group, attrBinWidth); isText {
		if ms, err = strconv.ParseFloat(strings.TrimSpace(text), 64); err != nil {
			err = fmt.Errorf("attribute %s is %q: must be a width in milliseconds", attrBinWidth, text)
		}
	}
	return ms, true, err
}
