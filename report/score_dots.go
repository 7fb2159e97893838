package report

import (
	"errors"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/metric"
)

// ScoreDots is a figure of scores: a row a score, on its own scale, in it a line for each
// method with a dot at its score and a bar over its interval.
type ScoreDots struct {
	Title    string
	Subtitle string
	Methods  []string // the model first
	Rows     []ScoreRow
}

// ScoreRow is one score of all methods.
type ScoreRow struct {
	Name string
	Unit string
	Dots []*Dot   // as Methods; nil: it has none
	Best *float64 // that of the true rates; nil: not known
}

// Dot is a score.
type Dot struct {
	Value    float64
	Interval *metric.Interval // nil: not known
	Each     []float64        // what the score is the mean of: grey, behind it; nil: it is no mean
}

// DotsOf is the figure of scores on a dataset of a model called so and of its rivals. It is nil without
// scores; rivals beyond those that are told apart are left out, and the subtitle says so.
func DotsOf(d *dataset.Dataset, model string, scores []evaluate.Score) *ScoreDots {
	if len(scores) == 0 {
		return nil
	}
	f := &ScoreDots{Title: "Scores on " + d.Judged() + " trials", Subtitle: "bars: intervals by bootstrap over trials", Methods: append([]string{model}, rivalsOf(scores)...)}
	if n := len(f.Methods); n > len(looks) {
		f.Methods = f.Methods[:len(looks)]
		f.Subtitle += "; " + countOf(len(looks), n, "methods")
	}
	for i := range scores {
		s := &scores[i]
		row := ScoreRow{Name: s.Name, Unit: s.Unit, Best: s.Best, Dots: []*Dot{{Value: s.Value, Interval: s.Interval}}}
		for _, name := range f.Methods[1:] {
			row.Dots = append(row.Dots, dotOf(s.Rival(name)))
		}
		f.Rows = append(f.Rows, row)
	}
	return f
}

// rivalsOf are the names of all rivals, in the order in which they come.
func rivalsOf(scores []evaluate.Score) (names []string) {
	seen := map[string]bool{}
	for _, s := range scores {
		for _, r := range s.Rivals {
			if !seen[r.Name] {
				seen[r.Name] = true
				names = append(names, r.Name)
			}
		}
	}
	return names
}

// dotOf is a rival's score; nil if it has none.
func dotOf(r *evaluate.Rival) *Dot {
	if r == nil || r.Value == nil {
		return nil
	}
	return &Dot{Value: *r.Value, Interval: r.Interval}
}

// The layout of ScoreDots, in points.
const (
	dotsTop  = vg.Length(88)
	dotsLeft = vg.Length(220) // room for the scores' names
	dotsLine = vg.Length(12)  // a method
	dotsGap  = vg.Length(32)  // between rows: the axis
)

// rowHeight is that of a row.
func (f *ScoreDots) rowHeight() vg.Length { return dotsLine * vg.Length(len(f.Methods)+1) }

// Write draws the figure to a file. Without scores it is an error, and with more methods
// than are told apart.
func (f *ScoreDots) Write(path string) error {
	if err := checkMethods(len(f.Methods)); err != nil {
		return err
	}
	if len(f.Rows) == 0 || len(f.Methods) == 0 {
		return errors.New("report: no scores to show")
	}
	return drawPage(path, dotsTop+vg.Length(len(f.Rows))*(f.rowHeight()+dotsGap), f.draw)
}

// draw draws the page.
func (f *ScoreDots) draw(page draw.Canvas) {
	heading(page, f.Title, f.Subtitle)
	drawMarks(page, f.Methods, f.hasBest())
	for i := range f.Rows {
		f.drawRow(page, &f.Rows[i], dotsTop+vg.Length(i)*(f.rowHeight()+dotsGap))
	}
}

// hasBest reports whether the true rates' score is shown.
func (f *ScoreDots) hasBest() bool {
	for _, r := range f.Rows {
		if r.Best != nil {
			return true
		}
	}
	return false
}

// drawRow draws one score of all methods.
func (f *ScoreDots) drawRow(page draw.Canvas, r *ScoreRow, top vg.Length) {
	p := newPanel(page, box{dotsLeft, top, width - dotsLeft - margin, f.rowHeight()}, rangeOf(r.values(), false), span{float64(len(f.Methods)) + .5, -.5})
	p.frame()
	p.xAxis(niceTicks(p.x, 6))
	if p.x.min < 0 && p.x.max > 0 {
		p.vertical(0)
	}
	if r.Best != nil {
		p.rule(*r.Best)
	}
	for i, d := range r.Dots {
		if d != nil {
			for _, v := range d.Each {
				p.DrawGlyph(partGlyph, p.at(v, float64(i)+.5))
			}
			p.interval(d.Interval, float64(i)+.5, looks[i])
			p.DrawGlyph(looks[i].glyph(), p.at(d.Value, float64(i)+.5))
		}
	}
	at := vg.Point{X: p.Min.X - 10, Y: p.Center().Y}
	p.FillText(style(panelSize, ink, text.XRight, text.YBottom), at, shortened(r.Name, 38))
	p.FillText(style(labelSize, muted, text.XRight, text.YTop), vg.Point{X: at.X, Y: at.Y - 1}, shortened(r.unit(), 44))
}

// partGlyph marks one of the numbers that a score is the mean of.
var partGlyph = draw.GlyphStyle{Color: guide, Radius: 2.5, Shape: draw.CircleGlyph{}}

// values are all numbers that the row shows.
func (r *ScoreRow) values() (all []float64) {
	if r.Best != nil {
		all = append(all, *r.Best)
	}
	for _, d := range r.Dots {
		if d == nil {
			continue
		}
		all = append(append(all, d.Value), d.Each...)
		if d.Interval != nil {
			all = append(all, d.Interval.Low, d.Interval.High)
		}
	}
	return all
}

// unit is the score's unit, and where better lies.
func (r *ScoreRow) unit() string {
	switch {
	case r.Unit == "R2":
		return "R\u00B2, higher is better"
	case evaluate.LowerIsBetter(r.Unit):
		return r.Unit + ", lower is better"
	}
	return r.Unit + ", higher is better"
}
