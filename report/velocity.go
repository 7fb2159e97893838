package report

import (
	"errors"
	"fmt"
	"time"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// SpikesRatesVelocity is a figure of trials side by side: spikes, inferred
// rates, and behaviour (for instance hand velocity), measured and decoded from
// the rates. Neurons have one order, and rates and behaviour one scale, in all
// trials.
type SpikesRatesVelocity struct {
	Title    string
	Subtitle string
	BinWidth time.Duration
	Start    time.Duration // of the first bin, from the event
	Event    string        // what time 0 is, for example "movement onset"; "": the first bin
	Neurons  int
	Outputs  []string // names of the behaviour's dimensions, for example "x velocity"
	Unit     string   // of all of them, for example "mm/s"; "": not known
	Trials   []VelocityTrial
}

// VelocityTrial is one column of a SpikesRatesVelocity.
type VelocityTrial struct {
	Label    string
	Spikes   []float32 // [bins, neurons]
	Rates    []float32 // [bins, neurons] in spikes per bin
	Measured []float32 // [bins, outputs]; perhaps of the first bins alone
	Decoded  []float32 // as Measured
}

// The layout of SpikesRatesVelocity, in points.
const (
	columnsLeft   = vg.Length(62)
	columnsRight  = vg.Length(64)
	columnGap     = vg.Length(12)
	columnsTop    = vg.Length(96)
	velocityLine  = vg.Length(66)
	velocityGap   = vg.Length(10)
	velocityRoom  = vg.Length(34)
	columnHeading = vg.Length(18)
)

// Write draws the figure to a file. Without a bin width, or trials, it is an
// error.
func (f *SpikesRatesVelocity) Write(path string) error {
	if err := checkBinWidth(f.BinWidth); err != nil {
		return err
	}
	if len(f.Trials) == 0 {
		return errors.New("report: no trials to show velocity of")
	}
	d := f.prepare()
	outputs := vg.Length(len(f.Outputs))
	height := columnsTop + 2*(mapHeight+mapGap) + outputs*(velocityLine+velocityGap) - velocityGap
	return drawPage(path, height+axisHeight, func(page draw.Canvas) { d.draw(page, height) })
}

// draw draws the page; height is that of all above the axis.
func (d *velocityData) draw(page draw.Canvas, height vg.Length) {
	f := d.SpikesRatesVelocity
	heading(page, f.Title, f.Subtitle)
	w := (width - columnsLeft - columnsRight - columnGap*vg.Length(len(f.Trials)-1)) / vg.Length(len(f.Trials))
	for i := range f.Trials {
		d.drawTrial(page, i, columnsLeft+vg.Length(i)*(w+columnGap), w)
	}
	all := newPanel(page, box{columnsLeft, 0, width - columnsLeft - columnsRight, height}, span{}, span{})
	all.xLabel(newClock(d.trials[0].rates.bins, f.BinWidth, f.Start, f.Event).label)
	colourBar(page, box{width - columnsRight + 10, columnsTop + mapHeight + mapGap, barWidth, mapHeight}, d.scale, d.clipped, "Rate (spikes/s)")
}

// trialData is one column in the units it shows.
type trialData struct{ spikes, rates, measured, decoded *block }

// velocityData is what a SpikesRatesVelocity shows.
type velocityData struct {
	*SpikesRatesVelocity
	trials   []trialData
	order    []int
	scale    span
	clipped  bool
	velocity span
}

func (f *SpikesRatesVelocity) prepare() *velocityData {
	d := &velocityData{SpikesRatesVelocity: f}
	rates := make([]*block, len(f.Trials))
	mean := &block{}
	for i, t := range f.Trials {
		bins := len(t.Spikes) / max(f.Neurons, 1)
		outputs := len(f.Outputs)
		known := len(t.Measured) / max(outputs, 1) // bins with behaviour: not forward bins, perhaps
		rates[i] = newBlock(t.Label+": rates", bins, f.Neurons, t.Rates, 1/f.BinWidth.Seconds())
		shown := trialData{
			spikes:   newBlock(t.Label+": spikes", bins, f.Neurons, t.Spikes, 1),
			rates:    rates[i],
			measured: newBlock(t.Label+": measured", known, outputs, t.Measured, 1),
			decoded:  newBlock(t.Label+": decoded", known, outputs, t.Decoded, 1),
		}
		d.trials = append(d.trials, shown)
		mean = sum(mean, rates[i])
		d.velocity = d.velocity.including(shown.measured).including(shown.decoded)
	}
	d.order = byPeakTime(mean)
	d.scale, d.clipped = colourScale(rates...)
	if d.velocity == (span{}) {
		d.velocity = span{-1, 1}
	}
	margin := .06 * (d.velocity.max - d.velocity.min)
	d.velocity = span{d.velocity.min - margin, d.velocity.max + margin}
	return d
}

// sum adds the bins that two trials share; an empty a gives b.
func sum(a, b *block) *block {
	if a.bins == 0 {
		return b
	}
	bins := min(a.bins, b.bins)
	out := &block{bins, b.features, make([]float32, bins*b.features)}
	for i := range out.data {
		out.data[i] = a.data[i] + b.data[i]
	}
	return out
}

// including widens s to hold all numbers of b.
func (s span) including(b *block) span {
	for _, x := range b.data {
		if x == x {
			s.min, s.max = min(s.min, float64(x)), max(s.max, float64(x))
		}
	}
	return s
}

// drawTrial draws column i.
func (d *velocityData) drawTrial(page draw.Canvas, i int, left, w vg.Length) {
	t := d.trials[i]
	clock := newClock(t.rates.bins, d.BinWidth, d.Start, d.Event)
	times := clock.span(t.rates.bins)
	spikes := newPanel(page, box{left, columnsTop, w, mapHeight}, times, span{0, 1})
	rates := newPanel(page, box{left, columnsTop + mapHeight + mapGap, w, mapHeight}, times, span{0, 1})
	spikes.raster(t.spikes, d.order)
	rates.heatMap(t.rates, d.order, d.scale.max)
	heading := vg.Point{X: spikes.Center().X, Y: spikes.Max.Y + columnHeading}
	spikes.FillText(style(labelSize, muted, text.XCenter, text.YBottom), heading, d.Trials[i].Label)
	if i == 0 {
		spikes.title("Spikes", d.gaps())
		rates.title("Inferred rates", "")
		spikes.yLabel(fmt.Sprintf("%d neurons", d.Neurons), 8)
		rates.yLabel(fmt.Sprintf("%d neurons", d.Neurons), 8)
	}
	d.drawOutputs(page, i, left, w, clock)
}

func (d *velocityData) drawOutputs(page draw.Canvas, i int, left, w vg.Length, clock clock) {
	t := d.trials[i]
	bins := t.rates.bins
	top := columnsTop + 2*(mapHeight+mapGap)
	for o, name := range d.Outputs {
		p := newPanel(page, box{left, top, w, velocityLine}, clock.span(bins), d.velocity)
		p.horizontal(0)
		if d.Event != "" {
			p.vertical(0)
		}
		p.curve(clock.centres(t.measured.bins), t.measured.column(o), draw.LineStyle{Color: truth, Width: 1.6 * curveLine})
		p.curve(clock.centres(t.decoded.bins), t.decoded.column(o), draw.LineStyle{Color: inferred, Width: curveLine})
		if i == 0 {
			p.yAxis(niceTicks(d.velocity, 5))
			p.yLabel(name, velocityRoom)
		}
		if i == 0 && o == 0 {
			p.title("Behaviour", d.unit())
		}
		if i == len(d.Trials)-1 && o == 0 {
			at := legendEntry(&p, vg.Point{X: p.Max.X, Y: p.Max.Y + 4}, "decoded from rates", inferred)
			legendEntry(&p, at, "measured", truth)
		}
		if o == len(d.Outputs)-1 {
			p.xAxis(niceTicks(p.x, 3))
		}
		top += velocityLine + velocityGap
	}
}

// unit is the subtitle of the behaviour's panel.
func (d *SpikesRatesVelocity) unit() string {
	if d.Unit == "" {
		return "in the file's unit"
	}
	return "in " + d.Unit
}

// gaps says what grey is, if anything is missing.
func (d *velocityData) gaps() string {
	for _, t := range d.trials {
		if t.spikes.hasGaps() {
			return greyIs
		}
	}
	return ""
}
