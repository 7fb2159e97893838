package prepare

import (
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
)

// ChopOptions say how a continuous recording becomes windows.
type ChopOptions struct {
	WindowMs  float64  `json:"window_ms"`  // of each window; 0: dataset.ChopWindowMs
	OverlapMs *float64 `json:"overlap_ms"` // with the next one; nil: a third of the window, in whole bins
}

// ChopReport says which part of a recording became windows.
type ChopReport struct {
	WindowMs  float64 `json:"window_ms"`
	OverlapMs float64 `json:"overlap_ms"`
	Stretches int     `json:"stretches"`    // between which nothing was recorded
	Short     int     `json:"too_short"`    // of these, shorter than a window: in none
	Recorded  float64 `json:"recorded_s"`   // in all stretches
	Covered   float64 `json:"in_windows_s"` // of it
	Lost      float64 `json:"in_none_s"`    // of it
}

// check returns an error for windows that cannot be meant; nil has none.
func (o *ChopOptions) check() error {
	switch {
	case o == nil:
		return nil
	case !(o.WindowMs >= 0) || math.IsInf(o.WindowMs, 0):
		return fmt.Errorf("windows are %g ms long: they must be longer than 0 (--chop-ms)", o.WindowMs)
	case o.OverlapMs != nil && !(*o.OverlapMs >= 0):
		return fmt.Errorf("windows overlap by %g ms: it must not be negative (--overlap-ms)", *o.OverlapMs)
	}
	return nil
}

// bins returns the bins of a window, and how many it shares with the next one.
func (o *ChopOptions) bins(binMs float64) (window, overlap int, err error) {
	ms := o.WindowMs
	if ms == 0 {
		ms = usualWindow(binMs)
	}
	window, err = wholeBins("windows are", ms, binMs, "--chop-ms")
	switch {
	case err != nil:
		return 0, 0, err
	case window == 0:
		return 0, 0, fmt.Errorf("windows are %g ms long, shorter than one bin of %g ms: take longer ones (--chop-ms), or narrower bins (--bin-ms)", ms, binMs)
	case o.OverlapMs == nil:
		return window, int(math.Round(float64(window) * dataset.ChopOverlapMs / dataset.ChopWindowMs)), nil
	}
	if overlap, err = wholeBins("overlaps of windows are", *o.OverlapMs, binMs, "--overlap-ms"); err == nil && 2*overlap > window {
		err = fmt.Errorf("windows of %g ms overlap by %g ms, more than half: a bin would be in three of them; take at most %g ms (--overlap-ms)",
			ms, *o.OverlapMs, float64(window/2)*binMs)
	}
	return window, overlap, err
}

// usualWindow is the usual length in ms, or the nearest to it that is whole bins, if
// these are not so wide that it would be quite another.
func usualWindow(binMs float64) float64 {
	if binMs > dataset.ChopWindowMs/10 {
		return dataset.ChopWindowMs
	}
	return math.Round(dataset.ChopWindowMs/binMs) * binMs
}

// wholeBins returns how many bins a length is. The error for one that is not nearly a
// whole number of them names the nearest.
func wholeBins(what string, ms, binMs float64, flag string) (int, error) {
	width, length := grid.Nanoseconds(binMs), math.Round(ms*grid.NsPerMs)
	if length > grid.MostLength {
		return 0, fmt.Errorf("%s %g ms long: at most 100 days are taken (%s)", what, ms, flag)
	}
	bins, whole := grid.Whole(int64(length), width)
	if whole {
		return int(bins), nil
	}
	nearest := fmt.Sprintf("%g", float64((bins+1)*width)/grid.NsPerMs)
	if bins > 0 {
		nearest = fmt.Sprintf("%g or %s", float64(bins*width)/grid.NsPerMs, nearest)
	}
	return 0, fmt.Errorf("%s %g ms long, %.6g bins of %g ms: it must be a whole number of bins, such as %s ms (%s)", what, ms, length/float64(width), binMs, nearest, flag)
}

// chop plans windows over all that was recorded, or what of it lies in some rows of a
// table, on one grid of bins from its first moment on. Where they begin in each stretch is drawn (see dataset.Chop.Starts).
func chop(r *dataset.Recording, o *Options) (*plan, error) {
	window, overlap, err := o.Chop.bins(o.BinMs)
	if err != nil {
		return nil, err
	}
	p := &plan{Grid: grid.Grid{Width: grid.Nanoseconds(o.BinMs), Bins: window}, chop: &dataset.Chop{Window: window, Overlap: overlap, Power: dataset.ChopPower}}
	p.window = Window{0, float64(p.Length()) / grid.NsPerMs}
	recorded, err := p.recorded(r, o)
	if err == nil {
		recorded, err = p.within(r, recorded, o)
	}
	if err != nil {
		return nil, err
	}
	stretches, err := p.stretches(recorded, r.Units.Len(), o.bytesPerCount())
	if err != nil {
		return nil, err
	}
	for _, bin := range p.chop.Starts(stretches, o.Split.Seed) {
		p.starts = append(p.starts, p.chop.Origin+float64(bin)*float64(p.Width)/grid.NsPerS)
		p.ids = append(p.ids, int64(len(p.ids)))
	}
	p.rows = len(p.starts)
	p.reportChop(recorded, stretches)
	return p, nil
}

// stretches returns which whole bins lie in the stretches recorded, and sets the grid
// of all. Windows that do not fit in memory are an error before there are any.
func (p *plan) stretches(recorded []dataset.Interval, units int, bytesPerCount float64) ([]dataset.Stretch, error) {
	if len(recorded) == 0 {
		return nil, nil
	}
	p.chop.Origin = recorded[0].Start
	width, windows, last := float64(p.Width), 0., 0.
	stretches := make([]dataset.Stretch, len(recorded))
	for i, s := range recorded {
		from := math.Ceil(grid.Behind(s.Start, p.chop.Origin) / width)
		last = max(from, math.Floor(grid.Behind(s.Stop, p.chop.Origin)/width))
		if last > 1<<53 {
			return nil, fmt.Errorf("from %g s to %g s the recording is %.4g bins long: these are hardly times in seconds; correct them", p.chop.Origin, s.Stop, last)
		}
		stretches[i] = dataset.Stretch{First: int64(from), Last: int64(last)}
		windows += max(0, math.Floor((last-from-float64(p.chop.Overlap))/float64(p.chop.Step())))
	}
	if err := fits(windows, p.Grid, units, bytesPerCount); err != nil {
		return nil, err
	}
	p.chop.Bins = int64(last)
	return stretches, nil
}

// reportChop says how much of what was recorded is in windows.
func (p *plan) reportChop(recorded []dataset.Interval, stretches []dataset.Stretch) {
	seconds := func(bins int64) float64 { return float64(bins) * float64(p.Width) / grid.NsPerS }
	c := &ChopReport{WindowMs: p.window.length(), OverlapMs: float64(int64(p.chop.Overlap)*p.Width) / grid.NsPerMs, Stretches: len(recorded)}
	for i, s := range recorded {
		c.Recorded += s.Stop - s.Start
		if stretches[i].Last-stretches[i].First < int64(p.chop.Window) {
			c.Short++
		}
	}
	covered, end := int64(0), int64(0)
	for _, start := range p.startBins() {
		covered += start + int64(p.Bins) - max(start, end)
		end = start + int64(p.Bins)
	}
	c.Covered = seconds(covered)
	c.Lost = c.Recorded - c.Covered
	p.chopped = c
	if p.chop.Bins > dataset.MostBins {
		p.note("with its gaps the recording is %d bins long: outputs of its windows are not merged (at most %d are); are all times meant?", p.chop.Bins, dataset.MostBins)
	}
}

// startBins are the bins at which the windows begin.
func (p *plan) startBins() []int64 {
	bins := make([]int64, len(p.starts))
	for i, start := range p.starts {
		bins[i] = int64(math.Round(grid.Behind(start, p.chop.Origin) / float64(p.Width)))
	}
	return bins
}

// String says in words which part of a recording is in windows.
func (c *ChopReport) String() string {
	text := fmt.Sprintf("%.6g s", c.Recorded)
	if c.Stretches > 1 {
		text += fmt.Sprintf(" in %d stretches", c.Stretches)
	}
	text += fmt.Sprintf("; %.6g s are in windows, %.4g s in none", c.Covered, c.Lost)
	if c.Short > 0 {
		text += fmt.Sprintf(" (%d of the stretches shorter than a window)", c.Short)
	}
	return text
}
