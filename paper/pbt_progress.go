package paper

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/experiment"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/report"
)

// pbtProgress is Extended Data Fig. 1: how populations search, by their number of members,
// and beside a random search of equal cost.
var pbtProgress = Experiment{
	Name:  "pbt-progress",
	Shows: "hyper-parameters over generations; recovered rates by members of a population; beside a random search of equal cost",
	Panels: []Panel{
		{membersPanel, "The more members a population has, the better are the rates that it finds."},
		{costPanel, "A population finds better rates than a random search that trains as many epochs."},
	},
	Data:  "neurons driven by the Lorenz system",
	Plan:  progressPlan,
	Judge: progressJudge,
	Draw:  progressDraw,
	Found: progressFound,
}

const (
	membersPanel = "Ext. 1, members"
	costPanel    = "Ext. 1, random search"
)

// progressSize is how populations train.
type progressSize struct {
	members             []int // ascending
	epochs              int   // of a member
	first, each         int   // epochs in the first generation and in those that follow; 0: automatic
	ramp, batch, units  int
	valid, test         int // trials
	seeds               int // 100, 200, ... (experiment.SeedOf)
	finalDraws, samples int
}

func progressSizeOf(s Scale) progressSize {
	return scaled(s,
		progressSize{[]int{2, 3}, 5, 3, 1, 1, 8, 4, 4, 6, 1, 2, 2},
		progressSize{[]int{2, 4, 8}, 300, 90, 30, 50, 16, 32, 20, 20, 3, 32, 20},
		progressSize{[]int{4, 8, 20}, 800, 0, 0, 80, 64, 0, 260, 260, 3, 32, 50})
}

// settings are those of all ways.
func (z *progressSize) settings() []string {
	all := append(sized(z.units), ramped(z.ramp)...)
	all = append(all, fmt.Sprintf("train.batch_size=%d", z.batch), fmt.Sprintf("pbt.final_draws=%d", z.finalDraws), fmt.Sprintf("infer.samples=%d", z.samples))
	if z.first > 0 {
		all = append(all, fmt.Sprintf("pbt.first_generation_epochs=%d", z.first), fmt.Sprintf("pbt.epochs_per_generation=%d", z.each))
	}
	return all
}

// populationOf is a comparison of one way, a population of so many members.
func populationOf(members int) string { return fmt.Sprintf("pbt%d", members) }

func progressPlan(l *Lab) (*Plan, error) {
	s, err := l.lorenz()
	if err != nil {
		return nil, err
	}
	z := progressSizeOf(l.Scale)
	p := &Plan{Sets: []*Set{s}}
	for nth := range z.seeds {
		p.Seeds = append(p.Seeds, experiment.SeedOf(0, nth))
	}
	for _, n := range z.members {
		p.Searches = append(p.Searches, z.search(s, fmt.Sprintf("%d members", n), n, populationOf(n)+"=ours"))
	}
	most := z.members[len(z.members)-1]
	p.Searches = append(p.Searches, z.search(s, "random", most, "random"))
	return p, nil
}

// search compares one way with nobody: seeds of it, at as many epochs as so many members
// train.
func (z *progressSize) search(s *Set, label string, members int, word string) *Search {
	return &Search{Label: label, Set: s, Search: experiment.Search{
		Division: experiment.Division{Splits: 1, Test: z.test, Valid: z.valid}, Seeds: z.seeds,
		Ways: []experiment.Way{way(word)}, Epochs: members * z.epochs, Members: members, Set: settingsOf(z.settings()),
	}}
}

func progressJudge(_ context.Context, l *Lab, p *Plan, r *Result) error {
	t := Table{Panel: membersPanel, Columns: []Column{
		{"members", "members", 0}, {"epochs", "epochs, all models", 0}, {"rates_r2", "rates R2, test trials", 4}, {"nll", "test NLL", 5}, {"loss", "validation loss", 5},
	}}
	for _, s := range p.Searches {
		for i := range s.Results {
			c := &s.Results[i]
			row := Row{Name: fmt.Sprintf("seed %d", c.Seed), Group: s.Label}
			if s.Label != "random" {
				row.set("members", float64(s.Members))
			}
			row.set("epochs", float64(c.EpochsUsed))
			row.set("loss", c.Loss)
			for _, key := range []string{"rates_r2", "nll"} {
				if v, ok := chosen(c, key); ok {
					row.set(key, v)
				}
			}
			t.Rows = append(t.Rows, row)
		}
	}
	r.Tables = append(r.Tables, t)
	return l.trajectories(p.Searches[len(p.Searches)-2], r)
}

// trajectories draws how the largest population searched by its first seed.
func (l *Lab) trajectories(s *Search, r *Result) error {
	seed := experiment.SeedOf(0, 0)
	f, err := report.ReadSearch(filepath.Join(s.Out, "runs", fmt.Sprintf("%s-0-%d", s.Ways[0].Name, seed)))
	if err != nil {
		return fmt.Errorf("%w; remove %s, and it is made again", err, s.Out)
	}
	f.Title, f.Subtitle, f.Log = "How a population searched", fmt.Sprintf("%d members, seed %d; grey: each member, orange: the best of each generation", s.Members, seed), map[string]bool{}
	for key, p := range config.Default().PBT.Space {
		f.Log[key] = p.Scale == pbt.Log
	}
	return l.Draw(r, Figure{"pbt-progress-search", "Scores and hyper-parameters of all members over generations", f})
}

func progressDraw(r *Result) []Figure {
	t := r.table(membersPanel)
	chart := report.Chart{X: "members", Y: "rates, R\u00B2, test trials"}
	const population = "population"
	xs, ys := both(t.Rows, "members", "rates_r2")
	chart.Series = append(chart.Series, report.Series{Name: population, X: xs, Y: ys})
	mx, my := meansBy(xs, ys)
	chart.Series = append(chart.Series, report.Series{Name: population, X: mx, Y: my, Line: true})
	random := report.Series{Name: "random search, epochs of the largest", Y: values(t.rows("random"), "rates_r2")}
	for range random.Y {
		random.X = append(random.X, most(xs))
	}
	chart.Series = append(chart.Series, random)
	return []Figure{{"pbt-progress", "Recovered rates by members of a population, and of a random search of as many epochs as the largest", &report.Charts{
		Title: "Populations by their members", Subtitle: fmt.Sprintf("one data set, %d seeds each; line: means", len(r.Seeds)), Panels: []report.Chart{chart},
	}}}
}

func progressFound(r *Result) []Finding {
	t := r.table(membersPanel)
	var groups []string // of populations, by members
	text := ""
	for _, row := range t.Rows {
		if n := len(groups); row.Group != "random" && (n == 0 || groups[n-1] != row.Group) {
			groups = append(groups, row.Group)
			text += fmt.Sprintf("%s: %s. ", row.Group, meanText(values(t.rows(row.Group), "rates_r2")))
		}
	}
	if len(groups) < 2 {
		return []Finding{{membersPanel, notMeasured, "There are no numbers."}, {costPanel, notMeasured, "There are no numbers."}}
	}
	few, many := t.rows(groups[0]), t.rows(groups[len(groups)-1])
	random := t.rows("random")
	text = "R2 of rates on test trials, mean over seeds and spread: " + text
	return []Finding{
		pairedFinding(membersPanel, text+fmt.Sprintf("Paired by seed, %s less %s: ", groups[len(groups)-1], groups[0]), many, few, "rates_r2"),
		pairedFinding(costPanel, fmt.Sprintf("A random search of as many epochs: %s. Paired by seed, %s less random search: ", meanText(values(random, "rates_r2")), groups[len(groups)-1]),
			many, random, "rates_r2"),
	}
}
