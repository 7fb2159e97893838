package dataset

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/autolfads/autolfads/tree"
)

// Attributes of a file whose trials are windows of a continuous recording; where each
// begins stands beside the split's other arrays.
const (
	attrChopWindow  = "chop_window_bins"
	attrChopOverlap = "chop_overlap_bins"
	attrChopPower   = "chop_power"    // of the weights of merging
	attrChopOrigin  = "chop_origin_s" // when bin 0 begins, on the recording's clock
	attrChopBins    = "chop_bins"     // of the whole recording

	suffixStarts = "_start_bin"
)

// Merge puts together again what there is of the windows of each split: of returns it,
// windows x bins x features; nil: of that split there is nothing. A dataset whose
// trials are no windows of a recording (Chop is nil) is an error.
func (d *Dataset) Merge(of func(*Split) *Array) (*Merged, error) {
	if d.Chop == nil {
		return nil, errors.New("its trials are no windows of a continuous recording")
	}
	var parts []Placed
	bins := d.Chop.Window
	for _, s := range d.splits() {
		bins = min(bins, s.Encod.Bins)
		if a := of(s.Split); a != nil {
			parts = append(parts, Placed{s.Starts, a})
		}
	}
	return d.Chop.Merge(bins, parts...)
}

// MergeSpikes is Merge of all neurons' spikes.
func (d *Dataset) MergeSpikes() (*Merged, error) { return d.Merge((*Split).counts) }

// Seconds returns when a bin begins, on the clock of the recording that trials are
// windows of.
func (d *Dataset) Seconds(bin int64) float64 {
	return d.Chop.Origin + float64(bin)*float64(d.BinWidth)/float64(time.Second)
}

// chop writes how trials were cut from a continuous recording.
func (w *writer) chop(c *Chop) {
	if c == nil {
		return
	}
	w.attribute(attrChopWindow, int64(c.Window))
	w.attribute(attrChopOverlap, int64(c.Overlap))
	w.attribute(attrChopPower, c.Power)
	w.attribute(attrChopOrigin, c.Origin)
	w.attribute(attrChopBins, c.Bins)
}

// chop reads how trials were cut from a continuous recording, if they were. What
// cannot be merged is noted and left out: models do without.
func (l *loader) chop(d *Dataset) {
	if l.err != nil || l.layout.whole != "" || len(d.splits()) == 0 {
		return
	}
	var number [5]float64
	for i, name := range []string{attrChopWindow, attrChopOverlap, attrChopPower, attrChopOrigin, attrChopBins} {
		v, ok, err := tree.Number(l.group, name)
		if i == 0 && err == nil && !ok {
			return
		}
		if err != nil || !ok || i != 2 && i != 3 && (v != math.Trunc(v) || math.Abs(v) > 1<<53) {
			l.notes = append(l.notes, fmt.Sprintf("attribute %s is no number that was written there: windows are not merged", name))
			return
		}
		number[i] = v
	}
	d.Chop = &Chop{int(number[0]), int(number[1]), number[2], number[3], int64(number[4])}
	for _, s := range d.splits() {
		s.Starts = l.ids(l.layout.key(s.name, suffixStarts))
	}
	if _, err := d.MergeSpikes(); err != nil {
		l.notes = append(l.notes, fmt.Sprintf("windows are not merged: %v (attributes chop_*, arrays *%s)", err, suffixStarts))
		d.withoutChop()
	}
}

// withoutChop takes trials for what they are alone.
func (d *Dataset) withoutChop() {
	d.Chop = nil
	for _, s := range d.splits() {
		s.Starts = nil
	}
}

// continuous says in words which recording trials are windows of; "": of none.
func (d *Dataset) continuous() string {
	if d.Chop == nil {
		return ""
	}
	text := fmt.Sprintf("windows of %d bins that overlap by %d, of a recording of %d bins", d.Chop.Window, d.Chop.Overlap, d.Chop.Bins)
	if d.BinWidth > 0 {
		text += fmt.Sprintf(" (%s to %s s)", Moment(d.Chop.Origin), Moment(d.Seconds(d.Chop.Bins)))
	}
	return text
}
