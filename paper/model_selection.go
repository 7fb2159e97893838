package paper

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/compare"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/report"
)

// modelSelection is Fig. 2k-m: metrics of many models against each other, and where a
// population's choice stands among them.
var modelSelection = Experiment{
	Name:  "model-selection",
	Shows: "metrics of random models against each other: choosing by one misleads on others; where a population stands",
	Panels: []Panel{
		{randomPanel, "Among models of random hyper-parameters, the best by one metric need not be among the best by another."},
		{populationPanel, "The model of a population, which chose by likelihood alone, is among the best by every metric."},
	},
	Data:      "a chaotic network, whose models with coordinated dropout are those of identity-overfitting",
	Recording: "MC_Maze: DANDI 000128; or MC_Maze-Large, DANDI 000138",
	Gives:     true,
	Wants:     "behaviour, conditions and held-out neurons, for as many metrics",
	Plan:      selectionPlan,
	Judge:     selectionJudge,
	Draw:      selectionDraw,
	Found:     selectionFound,
}

const (
	randomPanel     = "2k-m, random models"
	populationPanel = "2k-m, population"
)

// selectionSeed is of both searches.
const selectionSeed = 1

// The groups of models.
const (
	randomModelsGroup = "random"
	populationGroup   = "AutoLFADS"
)

func selectionPlan(l *Lab) (*Plan, error) {
	s, err := l.GivenSet()
	if err != nil {
		return nil, err
	}
	units := 48
	random := &Run{Label: "random search", Set: s, Search: autolfads.Random, Seed: selectionSeed}
	if s == nil {
		if s, err = l.chaotic(); err != nil {
			return nil, err
		}
		units = 32 // as in identity-overfitting
		random = randomModels(l, s, true)
	} else {
		random.Settings = randomSettings(l, units)
	}
	return &Plan{Seeds: []uint64{selectionSeed}, Sets: []*Set{s}, Runs: []*Run{random, selectionPopulation(l, s, units)}}, nil
}

// selectionPopulation is the population that stands among the random models: of 4 members
// in quick, and as many epochs each.
func selectionPopulation(l *Lab, s *Set, units int) *Run {
	r := &Run{Label: "population", Set: s, Search: autolfads.PBT, Seed: selectionSeed}
	if l.Scale == Full {
		return r
	}
	r.Settings = append(sized(scaled(l.Scale, 4, units, 0)), ramped(scaled(l.Scale, 1, 50, 0))...)
	r.Settings = append(r.Settings, fmt.Sprintf("pbt.members=%d", scaled(l.Scale, 2, 4, 0)),
		fmt.Sprintf("pbt.first_generation_epochs=%d", scaled(l.Scale, 2, 80, 0)), fmt.Sprintf("pbt.epochs_per_generation=%d", scaled(l.Scale, 1, 20, 0)),
		fmt.Sprintf("pbt.max_generations=%d", scaled(l.Scale, 2, 7, 0)), "pbt.stop_errors=0")
	return r
}

// metricOf is a metric by which models are set against each other.
type metricOf struct {
	key, name, title string // in results; as evaluate calls it; in figures
	digits           int
	lower            bool // is better
}

var metrics = []metricOf{
	{"nll", evaluate.NameNLL, "validation NLL", 5, true},
	{"co_bps", evaluate.NameCo, "co-bps", 4, false},
	{"bps", evaluate.NameBits, "bits per spike", 4, false},
	{"behavior_r2", evaluate.NameBehavior, "behaviour R2", 4, false},
	{"psth_r2", evaluate.NamePSTH, "PSTH R2", 4, false},
	{"rates_r2", evaluate.NameTruth, "rates R2", 4, false},
}

// selectionMetrics are the metrics that any model of a result has. Bits per spike are left
// out: of one data set they are the likelihood in another unit.
func selectionMetrics(t *Table) (all []metricOf) {
	for _, m := range metrics {
		if m.key != "bps" && len(values(t.Rows, m.key)) > 0 {
			all = append(all, m)
		}
	}
	return all
}

// withAll are those of some models that have all of some metrics: one that lacks a metric
// is dropped, and not the metric.
func withAll(rows []Row, all []metricOf) (some []Row) {
	for _, r := range rows {
		if !slices.ContainsFunc(all, func(m metricOf) bool { v := r.number(m.key); return v != v }) {
			some = append(some, r)
		}
	}
	return some
}

func selectionJudge(ctx context.Context, l *Lab, p *Plan, r *Result) error {
	t := Table{Panel: randomPanel}
	for _, m := range metrics {
		t.Columns = append(t.Columns, Column{m.key, m.title, m.digits})
	}
	for i, group := range []string{randomModelsGroup, populationGroup} {
		c, err := l.Models(ctx, p.Runs[i])
		if err != nil {
			return err
		}
		for k := range c.Models {
			m := &c.Models[k]
			if group == populationGroup && !m.Best {
				continue // a population stands for the one model that it chose
			}
			t.Rows = append(t.Rows, rowOf(m, group))
		}
	}
	r.Tables = append(r.Tables, t)
	all := selectionMetrics(&t)
	for i := range all {
		for k := i + 1; k < len(all); k++ {
			r.set(fmt.Sprintf("spearman, %s and %s", all[i].key, all[k].key), spearman(both(t.rows(randomModelsGroup), all[i].key, all[k].key)))
		}
	}
	return nil
}

// rowOf is a model by all metrics that it has.
func rowOf(m *compare.Model, group string) Row {
	row := Row{Name: m.Name, Group: group}
	for _, of := range metrics {
		if s := m.Scored(of.name); s != nil {
			row.set(of.key, s.Value)
		}
	}
	return row
}

func selectionDraw(r *Result) []Figure {
	t := r.table(randomPanel)
	all := selectionMetrics(t)
	f := &report.Charts{Title: "Metrics against each other", Subtitle: "validation trials; a dot a model: of random hyper-parameters, or the choice of a population"}
	for i := range all {
		for k := i + 1; k < len(all); k++ {
			chart := report.Chart{X: all[i].title, Y: all[k].title}
			for _, group := range []string{populationGroup, randomModelsGroup} {
				xs, ys := both(t.rows(group), all[i].key, all[k].key)
				chart.Series = append(chart.Series, report.Series{Name: group, X: xs, Y: ys})
			}
			f.Panels = append(f.Panels, chart)
		}
	}
	if len(f.Panels) == 0 {
		return nil
	}
	return []Figure{{"model-selection", "Metrics of models of random hyper-parameters against each other, and the choice of a population", f}}
}

// amongTheBest is the share of the random models that may be better than one by a metric
// that is still among the best by it.
const amongTheBest = .1

func selectionFound(r *Result) []Finding {
	t := r.table(randomPanel)
	all := selectionMetrics(t)
	random, population := withAll(t.rows(randomModelsGroup), all), withAll(t.rows(populationGroup), all)
	if len(all) < 2 || len(random) < 2 || len(population) != 1 {
		const few = "There are not enough models with two metrics."
		return []Finding{{randomPanel, notMeasured, few}, {populationPanel, notMeasured, few}}
	}
	allowed := int(math.Ceil(amongTheBest * float64(len(random))))
	chosen := misled(random, all, allowed)
	if dropped := len(t.rows(randomModelsGroup)) - len(random); dropped > 0 {
		chosen.Text += fmt.Sprintf(" Left out: %d models that lack a metric.", dropped)
	}
	return withChoice(chosen, standing(random, population[0], all, allowed))
}

// namedPair is what one chooses by and what the choice is judged by, named before any model
// is trained: bits per spike and decoded behaviour; where data have not both, the first two
// metrics.
func namedPair(random []Row, all []metricOf) (by, judged metricOf) {
	known := func(m metricOf) bool { return len(values(random, m.key)) == len(random) }
	bits := slices.IndexFunc(metrics, func(m metricOf) bool { return m.key == "bps" && known(m) })
	behavior := slices.IndexFunc(all, func(m metricOf) bool { return m.key == "behavior_r2" })
	if bits >= 0 && behavior >= 0 {
		return metrics[bits], all[behavior]
	}
	return all[0], all[1]
}

// misled says what is lost of one metric by choosing by another, for the named pair; it tells
// the worst of all pairs, too.
func misled(random []Row, all []metricOf, allowed int) Finding {
	by, judged := namedPair(random, all)
	chosen, best := bestBy(random, &by), bestBy(random, &judged)
	n := judged.ahead(random, chosen)
	text := fmt.Sprintf("Of %d random models the best by %s is beaten by %d others in %s (%s; the best has %s: %s is lost); among the best is what at most %d beat.",
		len(random), by.title, n, judged.title, num(chosen.number(judged.key), judged.digits), num(best.number(judged.key), judged.digits),
		num(math.Abs(best.number(judged.key)-chosen.number(judged.key)), judged.digits), allowed)
	return Finding{randomPanel, verdict(n > allowed), text + worstPair(random, all)}
}

// worstPair describes the pair of metrics by which one is misled most: picked by looking, so
// no claim rests on it.
func worstPair(random []Row, all []metricOf) string {
	worst, text := 0, " No pair of metrics misleads: the best by one is the best by all."
	for _, by := range all {
		for _, m := range all {
			if n := m.ahead(random, bestBy(random, &by)); n > worst {
				worst, text = n, fmt.Sprintf(" Of all pairs the worst is choosing by %s for %s: %d others are better.", by.title, m.title, n)
			}
		}
	}
	return text
}

// standing says where a population's model stands among random ones by each metric.
func standing(random []Row, model Row, all []metricOf, allowed int) Finding {
	text, worst := fmt.Sprintf("Of %d random models there are better ones than the population's: ", len(random)), 0
	for i, m := range all {
		n := m.ahead(random, model)
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%d by %s (%s; the best random one has %s)", n, m.title, num(model.Values[m.key], m.digits), num(bestBy(random, &m).Values[m.key], m.digits))
		worst = max(worst, n)
	}
	return Finding{populationPanel, verdict(worst <= allowed), text + fmt.Sprintf(". Among the best is what at most %d beat.", allowed)}
}

// ahead counts the rows that are better than one.
func (m *metricOf) ahead(rows []Row, than Row) (n int) {
	for _, r := range rows {
		if m.better(r.Values[m.key], than.Values[m.key]) {
			n++
		}
	}
	return n
}

// better reports whether a is a better number than b.
func (m *metricOf) better(a, b float64) bool {
	if m.lower {
		return a < b
	}
	return a > b
}

// bestBy is the best of some rows, the first of equal ones.
func bestBy(rows []Row, m *metricOf) Row {
	best := rows[0]
	for _, r := range rows {
		if m.better(r.Values[m.key], best.Values[m.key]) {
			best = r
		}
	}
	return best
}
