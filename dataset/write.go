package dataset

import (
	"fmt"
	"time"

	"github.com/autolfads/autolfads/hdf5"
)

// compression is fast and close to the best that deflate reaches on counts.
const compression = 4

// Write writes d in the layout lfads-torch: the file appears under its name
// when it is complete. Truth is in counts per bin, as conversion_factor 1 says.
func (d *Dataset) Write(path string) error {
	if err := d.check(); err != nil {
		return fmt.Errorf("dataset: %s: %w", d.Name, err)
	}
	file, err := hdf5.Create(path)
	if err != nil {
		return fmt.Errorf("dataset: %w", err)
	}
	defer file.Abort()
	w := &writer{file: file}
	l := &layouts[0]
	truth := false
	for _, s := range d.splits() {
		w.split(s, l)
		truth = truth || s.Truth != nil
	}
	if truth {
		w.do(file.Write(keyConversion, 1.0, nil))
	}
	w.scale(d.Scale)
	if d.BinWidth != 0 {
		w.attribute(attrBinWidth, float64(d.BinWidth)/float64(time.Millisecond))
	}
	w.attributes(d)
	w.do(file.Close())
	return w.err
}

// writer keeps the first error.
type writer struct {
	file *hdf5.Writer
	err  error
}

func (w *writer) do(err error) {
	if w.err == nil && err != nil {
		w.err = fmt.Errorf("dataset: %w", err)
	}
}

func (w *writer) split(s namedSplit, l *layout) {
	w.array(s.name+l.encod, s.Encod)
	if s.Recon == s.Encod {
		w.do(w.file.WriteAgain(s.name+l.recon, s.name+l.encod))
	} else {
		w.array(s.name+l.recon, s.Recon)
	}
	w.array(s.name+suffixAside, s.SetAside)
	w.array(s.name+suffixExternal, s.External)
	w.array(s.name+suffixTruth, s.Truth)
	w.array(s.name+suffixLatents, s.Latents)
	w.array(s.name+suffixBehavior, s.Behavior)
	w.array(s.name+suffixMask, s.DecodeMask)
	w.integers(s.name+suffixTrialIDs, s.TrialIDs)
	w.integers(s.name+suffixStarts, s.Starts)
	w.integers(s.name+suffixesCondition[0], s.Condition)
}

func (w *writer) array(key string, a *Array) {
	if a != nil {
		w.do(w.file.Write(key, a.Data, []int{a.Trials, a.Bins, a.Features}, hdf5.Gzip(compression), hdf5.Shuffle()))
	}
}

func (w *writer) integers(key string, v []int64) {
	if v != nil {
		w.do(w.file.Write(key, v, []int{len(v)}))
	}
}
