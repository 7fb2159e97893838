package report

import (
	"fmt"
	"math"
	"slices"
	"time"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// SpikesToRates is a figure of one trial: spikes, true rates if known, and
// inferred rates as maps of neurons against time, and the rates of a few
// neurons as curves above their spikes.
type SpikesToRates struct {
	Title    string
	Subtitle string // for example the run and the trial
	BinWidth time.Duration
	Neurons  int
	Spikes   []float32 // [bins, neurons]
	Rates    []float32 // [bins, neurons] in spikes per bin
	Truth    []float32 // the same; nil: unknown
	Curves   []int     // neurons to draw as curves; none: four that vary much
}

// The layout of SpikesToRates, in points.
const (
	mapsLeft    = vg.Length(52)
	mapsWidth   = vg.Length(390)
	mapsTop     = vg.Length(78)
	mapHeight   = vg.Length(112)
	mapGap      = vg.Length(26)
	barLeft     = mapsLeft + mapsWidth + 10
	curvesLeft  = vg.Length(540)
	curvesWidth = width - curvesLeft - margin
	axisHeight  = vg.Length(44)
)

// Write draws the figure to a file. Without a bin width it is an error.
func (f *SpikesToRates) Write(path string) error {
	if err := checkBinWidth(f.BinWidth); err != nil {
		return err
	}
	d := f.prepare()
	maps := vg.Length(2)
	if d.truth != nil {
		maps = 3
	}
	height := mapsTop + maps*mapHeight + (maps-1)*mapGap
	return drawPage(path, height+axisHeight, func(page draw.Canvas) {
		heading(page, f.Title, f.Subtitle)
		d.drawMaps(page)
		d.drawCurves(page, f.Curves, height-mapsTop)
	})
}

// rateData is what a SpikesToRates shows, in the units it shows.
type rateData struct {
	spikes, rates, truth *block
	order                []int
	scale                span
	clipped              bool
	clock                clock
	time                 span
}

func (f *SpikesToRates) prepare() *rateData {
	bins := len(f.Spikes) / max(f.Neurons, 1)
	hz := 1 / f.BinWidth.Seconds()
	d := &rateData{
		spikes: newBlock("spikes", bins, f.Neurons, f.Spikes, 1),
		rates:  newBlock("rates", bins, f.Neurons, f.Rates, hz),
		clock:  newClock(bins, f.BinWidth, 0, ""),
	}
	if f.Truth != nil {
		d.truth = newBlock("true rates", bins, f.Neurons, f.Truth, hz)
	}
	d.order = byPeakTime(d.reference())
	d.scale, d.clipped = colourScale(d.rates, d.truth)
	d.time = d.clock.span(bins)
	return d
}

// reference is the best knowledge of the rates.
func (d *rateData) reference() *block {
	if d.truth != nil {
		return d.truth
	}
	return d.rates
}

func (d *rateData) drawMaps(page draw.Canvas) {
	top := mapsTop
	next := func(name, detail string) panel {
		p := newPanel(page, box{mapsLeft, top, mapsWidth, mapHeight}, d.time, span{0, 1})
		p.title(name, detail)
		p.yLabel("Neurons", 8)
		top += mapHeight + mapGap
		return p
	}
	p := next("Spikes", d.details())
	p.raster(d.spikes, d.order)
	firstMap := top
	if d.truth != nil {
		p = next("True rates", "")
		p.heatMap(d.truth, d.order, d.scale.max)
	}
	p = next("Inferred rates", "")
	p.heatMap(d.rates, d.order, d.scale.max)
	p.xAxis(niceTicks(d.time, 5))
	p.xLabel(d.clock.label)
	colourBar(page, box{barLeft, firstMap, barWidth, top - mapGap - firstMap}, d.scale, d.clipped, "Firing rate (spikes/s)")
}

// details says how the maps are to be read.
func (d *rateData) details() string {
	text := fmt.Sprintf("%d neurons, ordered by the time of their peak rate", d.rates.features)
	if d.spikes.hasGaps() {
		text += "; " + greyIs
	}
	return text
}

// drawCurves draws the neurons' rates from the top of the maps to their end.
func (d *rateData) drawCurves(page draw.Canvas, neurons []int, height vg.Length) {
	if len(neurons) == 0 {
		neurons = varied(d.reference(), d.order, 4)
	}
	gap := mapGap
	each := (height - gap*vg.Length(len(neurons)-1)) / vg.Length(len(neurons))
	for i, n := range neurons {
		top := mapsTop + vg.Length(i)*(each+gap)
		p := d.drawCurve(page, curve{fmt.Sprintf("Neuron %d", n+1), n, box{curvesLeft, top, curvesWidth, each}})
		if i == 0 {
			d.legend(&p)
		}
		if i == len(neurons)-1 {
			p.xAxis(niceTicks(d.time, 4))
			p.xLabel(d.clock.label)
		}
	}
}

// curve is a neuron to draw, what it is called, and where.
type curve struct {
	name   string
	neuron int
	box
}

// drawCurve draws one neuron: rates over a strip of spikes.
func (d *rateData) drawCurve(page draw.Canvas, c curve) panel {
	const strip = 9
	neuron := c.neuron
	blocks := []*block{d.truth, d.rates}
	highest := highestRate(blocks, neuron)
	p := newPanel(page, box{c.left, c.top, c.w, c.h - strip - 3}, d.time, span{0, highest * 1.05})
	p.title(c.name, "spikes/s")
	p.horizontal(0)
	p.yAxis(niceTicks(p.y, 3))
	times := d.clock.centres(d.rates.bins)
	if d.truth != nil {
		p.curve(times, d.truth.column(neuron), draw.LineStyle{Color: truth, Width: 1.6 * curveLine})
	}
	p.curve(times, d.rates.column(neuron), draw.LineStyle{Color: inferred, Width: curveLine})
	under := newPanel(page, box{c.left, c.top + c.h - strip, c.w, strip}, d.time, span{0, 1})
	under.gaps(d.spikes, []int{neuron})
	for bin, k := range d.spikes.column(neuron) {
		if k > 0 {
			under.spike(under.at(times[bin], 0).X, under.Max.Y, under.Min.Y, under.Size().X/vg.Length(d.rates.bins), k)
		}
	}
	under.Max.Y = p.Max.Y // what is drawn next belongs to both
	return under
}

// legend names the curves, right-aligned over the first of them.
func (d *rateData) legend(p *panel) {
	at := vg.Point{X: p.Max.X, Y: p.Max.Y + 4}
	at = legendEntry(p, at, "inferred", inferred)
	if d.truth != nil {
		legendEntry(p, at, "true", truth)
	}
}

func highestRate(blocks []*block, neuron int) float64 {
	highest := 0.
	for _, b := range blocks {
		if b == nil {
			continue
		}
		for _, v := range b.column(neuron) {
			if v > highest {
				highest = v
			}
		}
	}
	if highest == 0 {
		return 1
	}
	return highest
}

// varied chooses n neurons, spread over the order, from the half whose rates
// vary most.
func varied(b *block, order []int, n int) []int {
	variance := make([]float64, b.features)
	for f := range variance {
		variance[f] = spread(b.column(f))
	}
	median := slices.Sorted(slices.Values(variance))[b.features/2]
	candidates := slices.DeleteFunc(slices.Clone(order), func(f int) bool { return variance[f] < median })
	n = min(n, len(candidates))
	chosen := make([]int, n)
	for i := range chosen {
		chosen[i] = candidates[(2*i+1)*len(candidates)/(2*n)]
	}
	return chosen
}

// spread returns the variance of what is a number.
func spread(v []float64) float64 {
	var m1, m2, n float64
	for _, x := range v {
		if !math.IsNaN(x) {
			m1, m2, n = m1+x, m2+x*x, n+1
		}
	}
	if n == 0 {
		return 0
	}
	return m2/n - m1/n*m1/n
}
