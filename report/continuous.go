package report

import (
	"fmt"
	"slices"
	"time"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
)

// Continuous is a figure of a stretch of a continuous recording: spikes and rates, put
// together of windows, as maps of neurons against the recording's time, and the rates
// of a few neurons as curves above their spikes.
type Continuous struct {
	Title    string
	Subtitle string
	BinWidth time.Duration
	Start    float64   // when the first bin begins, s on the recording's clock
	Neurons  []string  // what they are called
	Spikes   []float32 // [bins, neurons]
	Rates    []float32 // [bins, neurons] in spikes per bin
	Curves   int       // neurons to draw as curves; 0: four
}

// The layout of Continuous, in points.
const (
	longWidth   = width - mapsLeft - 80
	longHeight  = vg.Length(130)
	curveHeight = vg.Length(52)
)

// Write draws the figure to a file. Without a bin width it is an error.
func (f *Continuous) Write(path string) error {
	if err := checkBinWidth(f.BinWidth); err != nil {
		return err
	}
	s := SpikesToRates{BinWidth: f.BinWidth, Neurons: len(f.Neurons), Spikes: f.Spikes, Rates: f.Rates}
	d := s.prepare()
	d.clock = newClock(d.rates.bins, f.BinWidth, time.Duration(f.Start*float64(time.Second)), "")
	d.clock.unit, d.clock.label = time.Second, "Time of the recording (s)"
	d.time = d.clock.span(d.rates.bins)
	curves := varied(d.rates, d.order, max(f.Curves, 4))
	height := mapsTop + 2*(longHeight+mapGap) + vg.Length(len(curves))*(curveHeight+mapGap) - mapGap + axisHeight
	return drawPage(path, height, func(page draw.Canvas) {
		heading(page, f.Title, f.Subtitle)
		d.drawLong(page)
		f.drawCurves(page, d, curves)
	})
}

// drawCurves draws the rates of chosen neurons beneath the maps.
func (f *Continuous) drawCurves(page draw.Canvas, d *rateData, neurons []int) {
	for i, n := range neurons {
		top := mapsTop + 2*(longHeight+mapGap) + vg.Length(i)*(curveHeight+mapGap)
		p := d.drawCurve(page, curve{"Unit " + f.Neurons[n], n, box{mapsLeft, top, longWidth, curveHeight}})
		if i == len(neurons)-1 {
			p.xAxis(niceTicks(d.time, 8))
			p.xLabel(d.clock.label)
		}
	}
}

// drawLong draws the maps of spikes and rates.
func (d *rateData) drawLong(page draw.Canvas) {
	p := newPanel(page, box{mapsLeft, mapsTop, longWidth, longHeight}, d.time, span{0, 1})
	p.title("Spikes", d.details())
	p.yLabel("Neurons", 8)
	p.raster(d.spikes, d.order)
	under := box{mapsLeft, mapsTop + longHeight + mapGap, longWidth, longHeight}
	p = newPanel(page, under, d.time, span{0, 1})
	p.title("Inferred rates", "")
	p.yLabel("Neurons", 8)
	p.heatMap(d.rates, d.order, d.scale.max)
	colourBar(page, box{mapsLeft + longWidth + 10, under.top, barWidth, longHeight}, d.scale, d.clipped, "Firing rate (spikes/s)")
}

// leastShown is how many bins of a recording are shown if it has them; two windows are
// shown in any case.
const leastShown = 600

// drawContinuous draws a stretch of a recording whose windows were modelled: from the
// middle of what was recorded without a gap for the longest time.
func (f *Figures) drawContinuous(path string) (drawn bool, err error) {
	d := f.Dataset
	if f.Continuous == nil || d.BinWidth == 0 {
		return false, nil
	}
	spikes, err := d.MergeSpikes()
	if err != nil {
		return false, err
	}
	shown := stretchShown(f.Continuous.Covered(), max(leastShown, int64(2*d.Chop.Window-d.Chop.Overlap)))
	s := Continuous{
		Title: "From spikes to rates of a continuous recording", Subtitle: fmt.Sprintf("%s: windows of %d bins that share %d, merged", d.Name, d.Chop.Window, d.Chop.Overlap),
		BinWidth: d.BinWidth, Start: d.Seconds(shown.First),
		Spikes: rowsOf(spikes, shown), Rates: rowsOf(f.Continuous, shown),
	}
	for i := range spikes.Features {
		s.Neurons = append(s.Neurons, d.NeuronID(i))
	}
	return true, s.Write(path)
}

// stretchShown is the middle of the longest stretch, at most so many bins.
func stretchShown(covered []dataset.Stretch, bins int64) dataset.Stretch {
	longest := slices.MaxFunc(covered, func(a, b dataset.Stretch) int { return int((a.Last - a.First) - (b.Last - b.First)) })
	if spare := longest.Last - longest.First - bins; spare > 0 {
		longest.First += spare / 2
		longest.Last = longest.First + bins
	}
	return longest
}

func rowsOf(m *dataset.Merged, s dataset.Stretch) []float32 {
	rows := make([]float32, int(s.Last-s.First)*m.Features)
	m.Rows(s.First, rows)
	return rows
}
