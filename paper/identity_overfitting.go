package paper

import (
	"context"
	"fmt"
	"math"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/report"
)

// identityOverfitting is Fig. 1b, c, e: what the validation likelihood says of models of
// random hyper-parameters, without and with coordinated dropout.
var identityOverfitting = Experiment{
	Name:  "identity-overfitting",
	Shows: "without coordinated dropout the validation likelihood prefers models that copy spikes; with it, those that find the rates",
	Panels: []Panel{
		{"1b", "Models can be worse than they look: beside those that under-fit and those that are good there are some that copy spikes, with a validation " +
			"likelihood better than that of the true rates and poor rates."},
		{"1c", "Without coordinated dropout the validation likelihood does not say which model has found the rates."},
		{"1e", "With coordinated dropout it does: the better the likelihood, the better the rates."},
	},
	Data:  "a chaotic network with a pulse that nobody records",
	Plan:  identityPlan,
	Judge: identityJudge,
	Draw:  identityDraw,
	Found: identityFound,
}

// identitySeed is of the random search, and so of hyper-parameters: both searches draw the
// same, but for coordinated dropout.
const identitySeed = 1

// randomModels is a random search on the chaotic set: with coordinated dropout it is a
// rival in model-selection, too. The learning rate is not drawn: models that have not
// come to their end say nothing of this figure.
func randomModels(l *Lab, s *Set, coordinated bool) *Run {
	r := &Run{Label: "random, " + withDropout, Set: s, Search: autolfads.Random, Seed: identitySeed, Settings: append(randomSettings(l, 32), "pbt.space.train.learning_rate=null")}
	if !coordinated {
		r.Label = "random, " + withoutDropout
		r.Settings = append(r.Settings, "pbt.space.train.coordinated_dropout_rate=null", "train.coordinated_dropout_rate=0")
	}
	return r
}

// randomSettings are those of random searches: 16 models of so many units in quick, in full
// the paper's 200 and of its size.
func randomSettings(l *Lab, units int) []string {
	settings := append(sized(scaled(l.Scale, 4, units, 0)),
		fmt.Sprintf("pbt.members=%d", scaled(l.Scale, 3, 16, 200)), fmt.Sprintf("train.max_epochs=%d", scaled(l.Scale, 3, 200, 1000)))
	if l.Scale == Full {
		return settings
	}
	return append(settings, ramped(scaled(l.Scale, 1, 50, 0))...)
}

func identityPlan(l *Lab) (*Plan, error) {
	s, err := l.chaotic()
	if err != nil {
		return nil, err
	}
	return &Plan{Seeds: []uint64{identitySeed}, Sets: []*Set{s}, Runs: []*Run{randomModels(l, s, false), randomModels(l, s, true)}}, nil
}

// drawnKeys are the hyper-parameters that tables show.
var drawnKeys = []string{
	"train.coordinated_dropout_rate", "train.dropout_rate", "train.kl_ic_scale", "train.kl_input_scale", "train.l2_generator_scale", "train.l2_controller_scale",
}

func identityJudge(ctx context.Context, l *Lab, p *Plan, r *Result) error {
	t := Table{Panel: "1c, e", Columns: []Column{{"nll", "validation NLL", 5}, {"rates_r2", "rates R2", 4}}}
	for _, key := range drawnKeys {
		t.Columns = append(t.Columns, Column{key, key[len("train."):], -3})
	}
	var all []example
	for i, group := range []string{withoutDropout, withDropout} {
		c, err := l.Models(ctx, p.Runs[i])
		if err != nil {
			return err
		}
		unscored := 0.
		for k := range c.Models {
			m := &c.Models[k]
			row := Row{Name: m.Name, Group: group}
			nll, truth := m.Scored(evaluate.NameNLL), m.Scored(evaluate.NameTruth)
			if nll == nil || truth == nil {
				unscored++ // it has gone so far off that it has no scores
				continue
			}
			row.set("nll", nll.Value)
			row.set("rates_r2", truth.Value)
			for key, v := range m.Hyper {
				row.set(key, v)
			}
			if nll.Best != nil {
				r.set("oracle_nll", *nll.Best) // the same beside every model
			}
			t.Rows = append(t.Rows, row)
			all = append(all, example{p.Runs[i], m.Place, group, nll.Value, truth.Value})
		}
		r.set("unscored, "+group, unscored)
		rows := t.rows(group)
		r.set("spearman, "+group, spearman(both(rows, "nll", "rates_r2")))
	}
	r.Tables = append(r.Tables, t)
	return l.examples(ctx, all, r)
}

func identityDraw(r *Result) []Figure {
	all := report.Charts{Title: "What the validation likelihood says", Subtitle: "models of random hyper-parameters, of one data set; dashed: the likelihood of the true rates"}
	for _, panel := range []struct{ name, group string }{{"1c", withoutDropout}, {"1e", withDropout}} {
		xs, ys := both(r.table("1c, e").rows(panel.group), "nll", "rates_r2")
		all.Panels = append(all.Panels, report.Chart{
			Name: panel.name + ", " + panel.group, X: "validation negative log likelihood, nats per element", Y: "rates, R\u00B2",
			Series: []report.Series{{Name: panel.group, X: xs, Y: ys}}, Rules: []report.Rule{{Name: "true rates", At: r.number("oracle_nll")}},
		})
	}
	figures := []Figure{{"identity-overfitting", "Validation likelihood against recovered rates, without and with coordinated dropout, a dot a model", &all}}
	if f := r.drawExamples(); f != nil {
		figures = append(figures, *f)
	}
	return figures
}

// Correlations of ranks that decide: the paper's panels show one near -1 with coordinated
// dropout, and weak or of the wrong sign without.
const (
	strongRank = -.8
	weakRank   = -.5
)

func identityFound(r *Result) []Finding {
	oracle, t := r.number("oracle_nll"), r.table("1c, e")
	without, with := t.copyingIn(withoutDropout, oracle), t.copyingIn(withDropout, oracle)
	b := Finding{Panel: "1b", Text: fmt.Sprintf("True rates have a validation NLL of %s; better is that of %s, and of %s.",
		num(oracle, 5), without.text(withoutDropout), with.text(withDropout))}
	for _, group := range []string{withoutDropout, withDropout} {
		if n := r.number("unscored, " + group); n > 0 {
			b.Text += fmt.Sprintf(" %.0f models %s have no score.", n, group)
		}
	}
	b.Text += " " + chosenByNLL(t.rows(withoutDropout), withoutDropout) + " " + chosenByNLL(t.rows(withDropout), withDropout)
	if b.Verdict = verdict(without.poor > 0 && with.poor == 0); math.IsNaN(oracle) || without.of == 0 || with.of == 0 {
		b.Verdict, b.Text = notMeasured, "There are no models, or the likelihood of the true rates is not known."
	}
	findings := []Finding{b}
	for _, panel := range []struct {
		name, group string
		judged      func(rank float64) Verdict
	}{
		{"1c", withoutDropout, saysNothing},
		{"1e", withDropout, func(rank float64) Verdict { return verdict(rank <= strongRank) }},
	} {
		rank := r.number("spearman, " + panel.group)
		f := Finding{panel.name, panel.judged(rank), fmt.Sprintf("Over the models %s, validation NLL and R2 of the rates have a Spearman correlation of %s.", panel.group, num(rank, 2))}
		if math.IsNaN(rank) {
			f.Verdict, f.Text = notMeasured, fmt.Sprintf("Of models %s there are too few for a correlation.", panel.group)
		}
		findings = append(findings, f)
	}
	return findings
}

// saysNothing is the verdict of a claim that a likelihood does not tell which rates are good:
// between a weak correlation and a strong one it is undecided.
func saysNothing(rank float64) Verdict {
	switch {
	case rank > weakRank:
		return Holds
	case rank > strongRank:
		return Undecided
	}
	return HoldsNot
}

// chosenByNLL says what the validation likelihood would choose among models.
func chosenByNLL(rows []Row, group string) string {
	nll, r2 := both(rows, "nll", "rates_r2")
	if len(nll) == 0 {
		return ""
	}
	lowest, best := 0, r2[0]
	for i, v := range nll {
		if v < nll[lowest] {
			lowest = i
		}
		best = max(best, r2[i])
	}
	return fmt.Sprintf("The model %s of the best likelihood has rates of R2 %s; the best has %s.", group, num(r2[lowest], 3), num(best, 3))
}
