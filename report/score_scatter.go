package report

import (
	"errors"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
)

// ScoreScatter is a figure of two scores against each other: a cross for each model over
// its intervals, named beside, and a grey dot for each member of a search.
type ScoreScatter struct {
	Title    string
	Subtitle string
	X, Y     string // what is scored, with its unit
	Points   []ScorePoint
}

// ScorePoint is a model by two of its scores.
type ScorePoint struct {
	Name   string
	X, Y   Dot
	Member bool // of a search: grey, and without a name
}

// ScatterOf is the figure of two scores, by name, of a model called so and its rivals. It
// is nil unless two of these have both.
func ScatterOf(d *dataset.Dataset, model string, scores []evaluate.Score, x, y string) *ScoreScatter {
	dots := DotsOf(d, model, scores)
	if dots == nil {
		return nil
	}
	xs, ys := dots.row(x), dots.row(y)
	if xs == nil || ys == nil {
		return nil
	}
	f := &ScoreScatter{Title: "Scores against each other", Subtitle: d.Judged() + " trials; crosses: intervals by bootstrap over trials", X: xs.axis(), Y: ys.axis()}
	for i, name := range dots.Methods {
		if xs.Dots[i] != nil && ys.Dots[i] != nil {
			f.Points = append(f.Points, ScorePoint{Name: name, X: *xs.Dots[i], Y: *ys.Dots[i]})
		}
	}
	if len(f.Points) < 2 {
		return nil
	}
	return f
}

// row is the score of a name; nil: there is none.
func (f *ScoreDots) row(name string) *ScoreRow {
	for i := range f.Rows {
		if f.Rows[i].Name == name {
			return &f.Rows[i]
		}
	}
	return nil
}

// axis names the score and its unit.
func (r *ScoreRow) axis() string { return r.Name + ", " + r.unit() }

// The layout of ScoreScatter, in points.
const (
	scatterTop    = vg.Length(76)
	scatterLeft   = vg.Length(80)
	scatterWidth  = vg.Length(530)
	scatterHeight = vg.Length(380)
)

// Write draws the figure to a file. Without points, and with more named models than are
// told apart, it is an error.
func (f *ScoreScatter) Write(path string) error {
	if err := checkMethods(len(f.named())); err != nil {
		return err
	}
	if len(f.Points) == 0 {
		return errors.New("report: no models to show scores of")
	}
	return drawPage(path, scatterTop+scatterHeight+axisHeight, f.draw)
}

// named are the models that are no members of a search.
func (f *ScoreScatter) named() (all []ScorePoint) {
	for _, p := range f.Points {
		if !p.Member {
			all = append(all, p)
		}
	}
	return all
}

// draw draws the page: members first, so that models lie above them.
func (f *ScoreScatter) draw(page draw.Canvas) {
	heading(page, f.Title, f.Subtitle)
	p := newPanel(page, box{scatterLeft, scatterTop, scatterWidth, scatterHeight}, f.span(false), f.span(true))
	p.frame()
	p.xAxis(niceTicks(p.x, 6))
	p.xLabel(f.X)
	p.yAxis(niceTicks(p.y, 6))
	p.yLabel(f.Y, 42)
	for _, m := range f.Points {
		if m.Member && m.known() {
			p.DrawGlyph(partGlyph, p.at(m.X.Value, m.Y.Value))
		}
	}
	for i, m := range f.named() {
		if m.known() {
			p.cross(&m, looks[i])
		}
		p.beside(i, &m, looks[i])
	}
}

// The names beside a ScoreScatter, in points.
const (
	scatterNames = vg.Length(16) // away from the panel
	scatterLine  = vg.Length(16)
)

// beside writes a model's name, after its mark, at the right of the panel: beside their
// crosses names of models with equal scores would lie on each other.
func (p *panel) beside(i int, m *ScorePoint, l look) {
	at := vg.Point{X: p.Max.X + scatterNames, Y: p.Max.Y - scatterLine*vg.Length(i) - labelSize/2}
	p.DrawGlyphNoClip(l.glyph(), at)
	at.X += 10
	p.FillText(style(labelSize, ink, text.XLeft, text.YCenter), at, shortened(m.Name, 33))
}

// known reports whether both scores are numbers.
func (m *ScorePoint) known() bool {
	return finite(m.X.Value) && finite(m.Y.Value)
}

// span is that of an axis.
func (f *ScoreScatter) span(y bool) span {
	r := &ScoreRow{}
	for i := range f.Points {
		if y {
			r.Dots = append(r.Dots, &f.Points[i].Y)
		} else {
			r.Dots = append(r.Dots, &f.Points[i].X)
		}
	}
	return rangeOf(r.values(), false)
}

// cross draws a model over its intervals.
func (p *panel) cross(m *ScorePoint, l look) {
	p.interval(m.X.Interval, m.Y.Value, l)
	p.intervalUp(m.Y.Interval, m.X.Value, l)
	p.DrawGlyph(l.glyph(), p.at(m.X.Value, m.Y.Value))
}
