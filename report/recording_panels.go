package report

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// quantity names what is averaged.
func (d *recordingData) quantity() string {
	if d.spikes {
		return "spikes/s"
	}
	return "in the file's numbers"
}

// units names what there are many of.
func (d *recordingData) units() string {
	if d.spikes {
		return "Units"
	}
	return "Channels"
}

// drawCourse draws the mean of all units over time.
func (d *recordingData) drawCourse(page draw.Canvas, b box) {
	p := newPanel(page, b, d.time, rangeOf(d.course, d.spikes))
	detail := d.quantity()
	if n := d.splits[0].Trials(); d.used < n {
		detail += fmt.Sprintf(", of %d of %d trials", d.used, n)
	}
	p.title("Mean of all "+strings.ToLower(d.units()), detail)
	p.axes(niceTicks(d.time, 4), d.clock.label)
	d.markTime(&p)
	p.curve(d.clock.centres(len(d.course)), d.course, draw.LineStyle{Color: inferred, Width: curveLine})
}

// rangeOf is the range of some numbers, with room above and below; from 0 if so wanted.
func rangeOf(values []float64, from0 bool) span {
	s := span{math.Inf(1), math.Inf(-1)}
	for _, v := range values {
		if v == v && !math.IsInf(v, 0) {
			s.min, s.max = min(s.min, v), max(s.max, v)
		}
	}
	if from0 {
		s.min = min(s.min, 0)
	}
	if !s.wide() {
		s = span{min(s.min, 0), max(s.max, 0) + 1}
		if math.IsInf(s.min, 0) || math.IsInf(s.max, 0) {
			s = span{0, 1}
		}
	}
	room := .06 * (s.max - s.min)
	if !from0 || s.min < 0 {
		s.min -= room
	}
	s.max += room
	return s
}

// axes draws both.
func (p *panel) axes(x []float64, label string) {
	p.frame()
	p.yAxis(niceTicks(p.y, 4))
	p.xAxis(x)
	p.xLabel(label)
}

// drawRates draws the units' means from the highest down.
func (d *recordingData) drawRates(page draw.Canvas, b box) {
	p := newPanel(page, b, span{0, float64(len(d.order))}, rangeOf(d.rates, true))
	p.title("Mean of each", d.quantity())
	held := d.splits[0].Encod.Features
	seam := float64(.3/p.Size().X) * float64(len(d.order)) // else paper shines through between bars
	for i, unit := range d.order {
		if v := d.rates[unit]; v == v {
			c := truth
			if unit >= held {
				c = inferred
			}
			p.bar(float64(i), float64(i+1)+seam, max(p.y.min, min(v, 0)), max(v, 0), c)
		}
	}
	p.axes(wholeTicks(p.x, 4), d.units()+" from the highest down")
	if held < len(d.order) {
		at := legendEntry(&p, vg.Point{X: p.Max.X, Y: p.Max.Y - 12}, "held out", inferred)
		legendEntry(&p, at, "read", truth)
	}
}

// bar fills a rectangle of the data.
func (p *panel) bar(left, right, bottom, top float64, c color.Color) {
	a, b := p.at(left, bottom), p.at(right, top)
	p.FillPolygon(c, []vg.Point{a, {X: b.X, Y: a.Y}, b, {X: a.X, Y: b.Y}})
}

// splitColours are those of trials to train on, to validate and to test with.
var splitColours = []color.RGBA{truth, inferred, sequential[4]}

// namedConditions is how many conditions have room for their names.
const namedConditions = 9

// drawConditions draws how many trials of each condition are in each split.
func (d *recordingData) drawConditions(page draw.Canvas, b box) {
	names, counts := d.countTrials()
	most := 0.
	for _, c := range counts {
		most = max(most, total(c))
	}
	if len(names) <= namedConditions {
		const room = 22 // for names longer than the numbers of other panels
		b.left, b.w = b.left+room, b.w-room
	}
	p := newPanel(page, b, span{0, 1.04 * most}, span{float64(len(names)), 0})
	d.drawBars(&p, counts)
	p.frame()
	p.xAxis(wholeTicks(p.x, 4))
	p.xLabel("Trials")
	p.title("Trials", "")
	if len(names) <= namedConditions {
		p.nameRows(names)
	} else {
		p.yLabel(fmt.Sprintf("%d conditions", len(names)), 8)
	}
	at := vg.Point{X: p.Max.X, Y: p.Max.Y + 4}
	if len(d.splits) > 2 {
		at.Y += headingRow // three names are as wide as the panel
	}
	for i := len(d.splits) - 1; i >= 0; i-- {
		at = legendEntry(&p, at, d.splits[i].name, splitColours[i])
	}
}

func total(v []float64) (sum float64) {
	for _, x := range v {
		sum += x
	}
	return sum
}

// nameRows writes what each row of a panel is beside it.
func (p *panel) nameRows(names []string) {
	s := style(tickSize, muted, text.XRight, text.YCenter)
	for i, name := range names {
		p.FillText(s, vg.Point{X: p.Min.X - 4, Y: p.at(0, float64(i)+.5).Y}, shortened(name, 13))
	}
}

// drawBars draws a bar a condition, with a part for each split.
func (d *recordingData) drawBars(p *panel, counts [][]float64) {
	gap := 0.
	if len(counts) < 60 {
		gap = .12
	}
	for row, parts := range counts {
		left := 0.
		for i, n := range parts {
			p.bar(left, left+n, float64(row+1)-gap, float64(row)+gap, splitColours[i])
			left += n
		}
	}
}

// countTrials counts those of each condition and split; all together if nobody says
// which is of which.
func (d *recordingData) countTrials() (names []string, counts [][]float64) {
	var all []int64
	for _, s := range d.splits {
		all = append(all, s.Condition...)
	}
	if len(all) == 0 {
		one := make([]float64, len(d.splits))
		for i, s := range d.splits {
			one[i] = float64(s.Trials())
		}
		return []string{"all"}, [][]float64{one}
	}
	slices.Sort(all)
	for _, c := range slices.Compact(all) {
		row := make([]float64, len(d.splits))
		for i, s := range d.splits {
			for _, of := range s.Condition {
				if of == c {
					row[i]++
				}
			}
		}
		names, counts = append(names, d.Dataset.ConditionName(c)), append(counts, row)
	}
	return names, counts
}
