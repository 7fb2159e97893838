package report

import (
	"fmt"
	"math"
	"time"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
)

// SignalsToMeans is a figure of one trial of data that are no counts: the channels and
// the means that were inferred as maps against time, each channel from its least to its
// most, and a few channels as curves with their means over them.
type SignalsToMeans struct {
	Title    string
	Subtitle string
	BinWidth time.Duration
	Unit     string    // of the numbers; "": not known
	Channels []string  // what they are called
	Signals  []float32 // [bins, channels]
	Means    []float32 // [bins, channels]
	Truth    []float32 // the same; nil: unknown
}

// signalCurves is how many channels are drawn as curves, at most.
const signalCurves = 4

// Write draws the figure to a file. Without a bin width it is an error.
func (f *SignalsToMeans) Write(path string) error {
	if err := checkBinWidth(f.BinWidth); err != nil {
		return err
	}
	d := f.prepare()
	height := mapsTop + 2*mapHeight + mapGap
	return drawPage(path, height+axisHeight, func(page draw.Canvas) {
		heading(page, f.Title, f.Subtitle)
		d.drawMaps(page)
		d.drawCurves(page, height-mapsTop)
	})
}

// signalData is what a SignalsToMeans shows.
type signalData struct {
	*SignalsToMeans
	signals, means, truth *block
	order                 []int
	clock                 clock
	time                  span
}

func (f *SignalsToMeans) prepare() *signalData {
	channels := len(f.Channels)
	bins := len(f.Signals) / max(channels, 1)
	d := &signalData{
		SignalsToMeans: f,
		signals:        newBlock("signals", bins, channels, f.Signals, 1),
		means:          newBlock("means", bins, channels, f.Means, 1),
		clock:          newClock(bins, f.BinWidth, 0, ""),
	}
	if f.Truth != nil {
		d.truth = newBlock("true means", bins, channels, f.Truth, 1)
	}
	d.order, d.time = byPeakTime(d.means), d.clock.span(bins)
	return d
}

// drawMaps draws both maps, by the same levels.
func (d *signalData) drawMaps(page draw.Canvas) {
	detail := fmt.Sprintf("%d channels, each from its least to its most", len(d.Channels))
	if d.signals.hasGaps() {
		detail += "; " + greyIs
	}
	for i, m := range []struct {
		name, detail string
		data         *block
	}{{"Signals", detail, d.signals}, {"Inferred means", "", d.means}} {
		top := mapsTop + vg.Length(i)*(mapHeight+mapGap)
		p := newPanel(page, box{mapsLeft, top, mapsWidth, mapHeight}, d.time, span{0, 1})
		p.title(m.name, m.detail)
		p.yLabel("Channels", 8)
		p.heatMap(d.levels(m.data), d.order, 1)
		if i == 1 {
			p.xAxis(niceTicks(d.time, 5))
			p.xLabel(d.clock.label)
		}
	}
}

// levels brings each channel from its least and most signal to 0 and 1.
func (d *signalData) levels(b *block) *block {
	out := &block{b.bins, b.features, make([]float32, len(b.data))}
	for c := range b.features {
		s := d.span(c)
		for bin := range b.bins {
			out.data[bin*b.features+c] = float32(s.fraction(b.at(bin, c)))
		}
	}
	return out
}

// span is the range of a channel's signal.
func (d *signalData) span(channel int) span {
	s := span{math.Inf(1), math.Inf(-1)}
	for _, v := range d.signals.column(channel) {
		if v == v {
			s.min, s.max = min(s.min, v), max(s.max, v)
		}
	}
	if !(s.max > s.min) {
		return span{s.min - 1, s.min + 1}
	}
	return s
}

// drawCurves draws channels from the top of the maps to their end.
func (d *signalData) drawCurves(page draw.Canvas, height vg.Length) {
	channels := d.order
	if len(channels) > signalCurves {
		channels = varied(d.means, d.order, signalCurves)
	}
	each := (height - mapGap*vg.Length(len(channels)-1)) / vg.Length(len(channels))
	for i, c := range channels {
		top := mapsTop + vg.Length(i)*(each+mapGap)
		p := d.drawCurve(page, c, box{curvesLeft, top, curvesWidth, each})
		if i == 0 {
			d.legend(&p)
		}
		if i == len(channels)-1 {
			p.xAxis(niceTicks(d.time, 4))
			p.xLabel(d.clock.label)
		}
	}
}

func (d *signalData) drawCurve(page draw.Canvas, channel int, b box) panel {
	s := d.span(channel)
	margin := .05 * (s.max - s.min)
	p := newPanel(page, b, d.time, span{s.min - margin, s.max + margin})
	p.title(d.Channels[channel], d.Unit)
	p.yAxis(niceTicks(p.y, 3))
	times := d.clock.centres(d.signals.bins)
	p.curve(times, d.signals.column(channel), draw.LineStyle{Color: muted, Width: curveLine})
	if d.truth != nil {
		p.curve(times, d.truth.column(channel), draw.LineStyle{Color: truth, Width: 1.6 * curveLine})
	}
	p.curve(times, d.means.column(channel), draw.LineStyle{Color: inferred, Width: 1.3 * curveLine})
	return p
}

// legend names the curves, right-aligned over the first of them.
func (d *signalData) legend(p *panel) {
	at := legendEntry(p, vg.Point{X: p.Max.X, Y: p.Max.Y + 4}, "inferred", inferred)
	if d.truth != nil {
		at = legendEntry(p, at, "true", truth)
	}
	legendEntry(p, at, "signal", muted)
}

// drawSignals draws one validation trial of data that are no counts, in the
// recording's unit.
func (f *Figures) drawSignals(path string) (drawn bool, err error) {
	if f.Means == nil || f.Dataset.BinWidth == 0 {
		return false, nil
	}
	d := f.Dataset
	trial := firstObserved(d.Valid.Recon)
	s := SignalsToMeans{
		Title: "From signals to their means", Subtitle: "one " + d.Judged() + " trial of " + d.Name, BinWidth: d.BinWidth,
		Signals: f.trialInUnit(d.Valid.Recon, trial), Means: f.trialInUnit(f.Means, trial),
	}
	if d.Valid.Truth != nil {
		s.Truth = f.trialInUnit(d.Valid.Truth, trial)
	}
	if scale := f.scale(); scale != nil {
		s.Unit = scale.Unit
	}
	for i := range d.Valid.Recon.Features {
		s.Channels = append(s.Channels, d.NeuronID(i))
	}
	return true, s.Write(path)
}

// trialInUnit is one trial in the recording's unit.
func (f *Figures) trialInUnit(a *dataset.Array, trial int) []float32 {
	return f.scale().In(&dataset.Array{Trials: 1, Bins: a.Bins, Features: a.Features, Data: a.Trial(trial)}).Data
}

// scale is that of the data; nil, for their numbers as they are, where it is in another
// order than they.
func (f *Figures) scale() *dataset.Scale {
	if f.Dataset.Order != nil {
		return nil
	}
	return f.Dataset.Scale
}
