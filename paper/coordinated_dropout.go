package paper

import (
	"context"
	"fmt"
	"strconv"

	"github.com/autolfads/autolfads/report"
)

// coordinatedDropout is Fig. 1d: what is read of an element never reaches the gradient of
// the element's own loss term.
var coordinatedDropout = Experiment{
	Name:  "coordinated-dropout",
	Shows: "no element of the input reaches the gradient of its own loss term",
	Panels: []Panel{{"1d", "With coordinated dropout an element is either read or asked for: the gradient of each loss term with respect " +
		"to its own input element is zero, so that copying spikes teaches nothing."}},
	Data:  "a chaotic network",
	Gives: true,
	Plan:  coordinatedPlan,
	Judge: coordinatedJudge,
	Draw:  coordinatedDraw,
	Found: coordinatedFound,
}

// coordinatedSeed is of the parameters, the masks and the elements that are probed.
const coordinatedSeed = 1

// coordinatedRate is the share of inputs that is dropped, the configuration's default.
const coordinatedRate = .5

func coordinatedPlan(l *Lab) (*Plan, error) {
	s, err := l.GivenSet()
	if s == nil && err == nil {
		s, err = l.chaotic()
	}
	return &Plan{Seeds: []uint64{coordinatedSeed}, Sets: []*Set{s}}, err
}

// The groups of what is probed.
const (
	withDropout    = "with coordinated dropout"
	withoutDropout = "without coordinated dropout"
)

// coordinatedJudge probes a model of fresh parameters: what holds for every model holds
// for it.
func coordinatedJudge(ctx context.Context, l *Lab, p *Plan, r *Result) error {
	d, err := p.Sets[0].Load()
	if err != nil {
		return err
	}
	t := Table{Panel: "1d", Columns: []Column{
		{"terms", "loss terms", 0},
		{"teach", "that teach", 0},
		{"own_most", "one spike more in its own input changes a term that teaches by at most (nats)", -3},
		{"own_changed", "terms so changed", 0},
		{"gradients_changed", "gradients so changed", 0},
		{"other_mean", "a spike in the same neuron's other bins, by on average (nats)", -3},
	}}
	for _, c := range []struct {
		group string
		rate  float64
	}{{withDropout, coordinatedRate}, {withoutDropout, 0}} {
		probes := newProbes(l, d)
		lags, err := probes.probe(ctx, c.rate)
		if err != nil {
			return err
		}
		t.Rows = append(t.Rows, Row{Group: c.group, Values: lags.values()})
		r.Courses = append(r.Courses, Course{Part: "lags", Name: c.group, X: lags.x(), Y: short(lags.means())})
	}
	r.Tables = append(r.Tables, t)
	return nil
}

func coordinatedDraw(r *Result) []Figure {
	chart := report.Chart{X: "bins from a loss term to the input of the same neuron that gets one spike more", Y: "mean change of the term, nats"}
	for _, c := range r.courses("lags") {
		chart.Series = append(chart.Series, report.Series{Name: c.Name, X: c.X, Y: c.Y, Line: true}, report.Series{Name: c.Name, X: c.X, Y: c.Y})
	}
	return []Figure{{
		"coordinated-dropout", "What one spike more in the input does to loss terms that teach, by distance in bins: with coordinated dropout nothing at 0",
		&report.Charts{Title: "What of the input reaches a loss term", Subtitle: "terms that teach, of a model with fresh parameters; at 0 the term's own input", Panels: []report.Chart{chart}},
	}}
}

func coordinatedFound(r *Result) []Finding {
	with, without := r.table("1d").rows(withDropout), r.table("1d").rows(withoutDropout)
	if len(with) != 1 || len(without) != 1 {
		return []Finding{{"1d", notMeasured, "There are no numbers."}}
	}
	a, b := with[0].Values, without[0].Values
	count := func(v float64) string { return strconv.Itoa(int(v)) }
	f := Finding{Panel: "1d", Text: fmt.Sprintf("Of %s loss terms %s teach under coordinated dropout, and one spike more in its own input changes the largest of them by %.3g nats "+
		"and the gradients of %s; without it, of %s that teach %s change, by up to %.3g nats. A spike in other bins of the same neuron changes terms by %.2g nats on average "+
		"under coordinated dropout, so that the probe would have seen a change.",
		count(a["terms"]), count(a["teach"]), a["own_most"], count(a["gradients_changed"]), count(b["teach"]), count(b["own_changed"]), b["own_most"], a["other_mean"])}
	switch {
	case a["own_changed"] > 0 || a["gradients_changed"] > 0:
		f.Verdict = HoldsNot
	case b["own_changed"] == 0 || a["other_mean"] == 0 || a["teach"] == 0: // the probe sees nothing at all
		f.Verdict = Undecided
	default:
		f.Verdict = Holds
	}
	return []Finding{f}
}
