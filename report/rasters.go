package report

import (
	"errors"
	"time"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
)

// Rasters is a figure of spikes and rates of trials of one condition: a column a neuron,
// at its top the spikes of all trials, beneath, for a few of them, the rates of every
// method over the trial's spikes. The panels of a column have one scale.
type Rasters struct {
	Title    string
	Subtitle string
	BinWidth time.Duration
	Neurons  []string       // what those shown are called
	Spikes   *dataset.Array // [trials, bins, neurons shown]
	Shown    []int          // trials whose rates are shown
	Labels   []string       // what these are called
	Methods  []Estimate     // rates as Spikes, in spikes per bin
}

// The layout of Rasters, in points.
const (
	rasterTop    = vg.Length(98)
	rasterLeft   = vg.Length(56)
	rasterColumn = vg.Length(34) // between columns: numbers of the next
	trialHeight  = vg.Length(58)
	trialGap     = vg.Length(12)
	trialStrip   = vg.Length(8) // of spikes
)

// Write draws the figure to a file. Without a bin width, trials or neurons it is an
// error, and with more methods than colours.
func (f *Rasters) Write(path string) error {
	if err := errors.Join(checkBinWidth(f.BinWidth), checkMethods(len(f.Methods))); err != nil {
		return err
	}
	if len(f.Neurons) == 0 || f.Spikes == nil || f.Spikes.Trials == 0 || f.Spikes.Bins == 0 {
		return errors.New("report: no trials, or neurons, to show spikes of")
	}
	return drawPage(path, f.trialTop(len(f.Shown))-trialGap+axisHeight, f.draw)
}

// rasterRoom is the height of the spikes of all trials.
func (f *Rasters) rasterRoom() vg.Length { return min(max(4*vg.Length(f.Spikes.Trials), 30), 130) }

// trialTop is where the panel of a trial shown begins.
func (f *Rasters) trialTop(i int) vg.Length {
	return rasterTop + f.rasterRoom() + mapGap + vg.Length(i)*(trialHeight+trialGap)
}

// draw draws the page.
func (f *Rasters) draw(page draw.Canvas) {
	heading(page, f.Title, f.Subtitle)
	drawMethods(page, namesOf(f.Methods))
	clock := newClock(f.Spikes.Bins, f.BinWidth, 0, "")
	n := vg.Length(len(f.Neurons))
	w := (width - rasterLeft - margin - rasterColumn*(n-1)) / n
	for i := range f.Neurons {
		c := rasterOf{f, i, rasterLeft + vg.Length(i)*(w+rasterColumn), w, clock, span{}}
		c.draw(page)
	}
}

// rasterOf is the column of a neuron.
type rasterOf struct {
	*Rasters
	neuron  int
	left, w vg.Length
	clock   clock
	scale   span // of the rates, spikes/s
}

// draw draws the column.
func (c *rasterOf) draw(page draw.Canvas) {
	times := c.clock.span(c.Spikes.Bins)
	p := newPanel(page, box{c.left, rasterTop, c.w, c.rasterRoom()}, times, span{0, 1})
	p.title(shortened(c.Neurons[c.neuron], int(c.w/6)), "")
	p.raster(c.spikes(), upTo(c.Spikes.Trials))
	if c.neuron == 0 {
		p.yLabel(countOf(c.Spikes.Trials, c.Spikes.Trials, "trials"), 8)
	}
	c.scale = rangeOf(c.rates(), true)
	for i, trial := range c.Shown {
		c.drawTrial(page, i, trial)
	}
}

// upTo are the numbers from 0 to n-1.
func upTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// spikes are the neuron's in all trials, [bins, trials].
func (c *rasterOf) spikes() *block {
	a := c.Spikes
	b := &block{a.Bins, a.Trials, make([]float32, a.Bins*a.Trials)}
	for trial := range a.Trials {
		for bin := range a.Bins {
			b.data[bin*a.Trials+trial] = a.Trial(trial)[bin*a.Features+c.neuron]
		}
	}
	return b
}

// rates are those of all methods and trials shown, in spikes/s.
func (c *rasterOf) rates() (all []float64) {
	for _, m := range c.Methods {
		for _, trial := range c.Shown {
			all = append(all, c.curve(m.Rates, trial)...)
		}
	}
	return all
}

// curve is a method's rate of the neuron in a trial, in spikes/s.
func (c *rasterOf) curve(a *dataset.Array, trial int) []float64 {
	return newBlock("rates", a.Bins, a.Features, a.Trial(trial), 1/c.BinWidth.Seconds()).column(c.neuron)
}

// drawTrial draws the rates of a trial over its spikes.
func (c *rasterOf) drawTrial(page draw.Canvas, i, trial int) {
	top := c.trialTop(i)
	times := c.clock.span(c.Spikes.Bins)
	p := newPanel(page, box{c.left, top, c.w, trialHeight - trialStrip - 3}, times, c.scale)
	p.horizontal(0)
	p.yAxis(niceTicks(p.y, 3))
	for m := len(c.Methods) - 1; m >= 0; m-- { // the model above its rivals
		p.curve(c.clock.centres(c.Spikes.Bins), c.curve(c.Methods[m].Rates, trial), looks[m].line(.9*curveLine))
	}
	strip := newPanel(page, box{c.left, top + trialHeight - trialStrip, c.w, trialStrip}, times, span{0, 1})
	strip.raster(c.spikesOf(trial), []int{0})
	if c.neuron == 0 {
		p.yLabel(shortened(c.Labels[i], 14), 30)
	}
	if i == 0 {
		p.title("Rates", "spikes/s")
	}
	if i == len(c.Shown)-1 {
		strip.xAxis(niceTicks(times, 4))
		strip.xLabel(c.clock.label)
	}
}

// spikesOf are those of one trial, [bins, 1].
func (c *rasterOf) spikesOf(trial int) *block {
	a := c.Spikes
	return &block{a.Bins, 1, a.Pick([]int{trial}).Columns([]int{c.neuron}).Data}
}
