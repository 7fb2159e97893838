package report

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/metric"
)

func of(v float64) *float64 { return &v }

// scored are two scores of a model and two rivals, one of which lacks the second.
func scored() []evaluate.Score {
	return []evaluate.Score{
		{Name: evaluate.NameCo, Unit: "bits", Value: .3, Interval: &metric.Interval{Low: .2, High: .4}, Best: of(.5), Rivals: []evaluate.Rival{
			{Name: "smoothing", Value: of(.1), Interval: &metric.Interval{Low: 0, High: .2}}, {Name: "GPFA", Value: of(.2)},
		}},
		{Name: evaluate.NameBehavior, Unit: "R2", Value: .8, Rivals: []evaluate.Rival{{Name: "smoothing", Value: of(-.6)}, {Name: "GPFA", Note: "no score"}}},
		{Name: "negative log likelihood", Unit: "nats per element", Value: .11},
	}
}

// A score stands where its number is, in its method's colour, its interval beside it.
func TestDots(t *testing.T) {
	f := DotsOf(&dataset.Dataset{}, "model", scored())
	if !slices.Equal(f.Methods, []string{"model", "smoothing", "GPFA"}) {
		t.Fatalf("methods %q", f.Methods)
	}
	g := svg(t, f)
	if !g.has("model", "smoothing", "GPFA", "true rates", evaluate.NameCo, "bits, higher is better", "R\u00B2, higher is better", "nats per element, lower is better") {
		t.Errorf("texts are %q", g.texts)
	}
	img, _ := render(t, f)
	row := &f.Rows[0]
	page := newPanel(pageOf(dotsTop+3*(f.rowHeight()+dotsGap)), box{dotsLeft, dotsTop, width - dotsLeft - margin, f.rowHeight()}, rangeOf(row.values(), false), span{3.5, -.5})
	for i, x := range map[int][]float64{0: {.2 + .01, .3, .4 - .01}, 1: {.01, .1, .19}, 2: {.2}} {
		for _, v := range x {
			at := page.at(v, float64(i)+.5)
			if got := pixel(img, at.X, dotsTop+page.Max.Y-at.Y); got != looks[i].colour {
				t.Errorf("%s: at %v is %v, want %v", f.Methods[i], v, got, looks[i].colour)
			}
		}
	}
	beyond := page.at(.43, .5)
	if got := pixel(img, beyond.X, dotsTop+page.Max.Y-beyond.Y); got != paper {
		t.Errorf("beyond the interval is %v", got)
	}
}

// Nobody, many and numbers without end are drawn, or said.
func TestDotsOfAnything(t *testing.T) {
	if DotsOf(&dataset.Dataset{}, "model", nil) != nil || (&ScoreDots{}).Write("a.png") == nil {
		t.Error("a figure of no scores")
	}
	s := evaluate.Score{Name: "a", Unit: "R2", Value: -1e300, Interval: &metric.Interval{Low: math.NaN(), High: math.NaN()}}
	for _, name := range strings.Split("bcdefgh", "") {
		s.Rivals = append(s.Rivals, evaluate.Rival{Name: name, Value: of(1e-300)})
	}
	f := DotsOf(&dataset.Dataset{}, "a model of a very long name that has no room, whatever one does to give it some", []evaluate.Score{s})
	if g := svg(t, f); !strings.HasSuffix(f.Subtitle, "6 of 8 methods") || strings.Contains(string(g.bytes), "NaN") {
		t.Errorf("%q", f.Subtitle)
	}
}

// Models stand at their two scores; one that lacks one of them does not.
func TestScatter(t *testing.T) {
	f := ScatterOf(&dataset.Dataset{}, "model", scored(), evaluate.NameCo, evaluate.NameBehavior)
	if len(f.Points) != 2 || f.Points[1].Name != "smoothing" || f.Points[1].Y.Value != -.6 {
		t.Fatalf("points %v", f.Points)
	}
	f.Points = append(f.Points, ScorePoint{X: Dot{Value: .2}, Y: Dot{Value: 0}, Member: true}, ScorePoint{X: Dot{Value: math.NaN()}, Member: true})
	g := svg(t, f)
	if !g.has("model", "smoothing", "co-bps (held-out neurons), bits, higher is better", "behaviour from rates, R\u00B2, higher is better") {
		t.Errorf("texts are %q", g.texts)
	}
	img, _ := render(t, f)
	p := newPanel(pageOf(scatterTop+scatterHeight+axisHeight), box{scatterLeft, scatterTop, scatterWidth, scatterHeight}, f.span(false), f.span(true))
	for i, want := range map[int]look{0: looks[0], 1: looks[1], 2: {colour: guide}} {
		at := p.at(f.Points[i].X.Value, f.Points[i].Y.Value)
		if got := pixel(img, at.X, scatterTop+p.Max.Y-at.Y); got != want.colour {
			t.Errorf("point %d is %v, want %v", i, got, want.colour)
		}
	}
	if ScatterOf(&dataset.Dataset{}, "model", scored(), evaluate.NameCo, "negative log likelihood") != nil || ScatterOf(&dataset.Dataset{}, "model", scored(), "none", evaluate.NameCo) != nil {
		t.Error("a figure of one model, or of a score that is not there")
	}
}
