package paper

import (
	"context"
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/experiment"
	"github.com/autolfads/autolfads/report"
)

// smallData is Fig. 2a, b: what a population is worth beside fixed values by the number of
// trials that train.
var smallData = Experiment{
	Name:  "small-data",
	Shows: "decoded velocity by the number of training trials, a population beside fixed values",
	Panels: []Panel{{"2a, b", "Where few trials train, hand velocity is decoded better from the rates of a population than from those of a model of fixed " +
		"hyper-parameters."}},
	Data:      "a simulated motor cortex during reaches to random targets, in windows that do not overlap",
	Recording: "MC_Maze, monkey J: DANDI 000128, of which `autolfads prepare --preset nlb/mc_maze` makes trials; or its smaller sibling MC_Maze-Large, DANDI 000138",
	Gives:     true,
	Wants:     "hand velocity as behaviour",
	Plan:      smallPlan,
	Judge:     smallJudge,
	Draw:      smallDraw,
	Found:     smallFound,
}

// smallSize is what trains on how many trials.
type smallSize struct {
	trials            []int // that train, beside all of them
	splits            int   // subsets of each of these numbers
	members           int
	seen              int // trials that a model sees in all its epochs: as many of few trials as of all
	batch, units      int
	validTest         int // trials of each
	samples, minEpoch int
}

func smallSizeOf(s Scale) smallSize {
	return scaled(s,
		smallSize{[]int{8}, 1, 2, 60, 8, 4, 6, 2, 3},
		smallSize{[]int{20, 50}, 2, 4, 18_400, 16, 48, 20, 20, 40},
		smallSize{[]int{50, 100, 200, 500, 1000}, 5, 20, 300_000, 64, 0, 200, 50, 300})
}

// smallWays are compared: at as many epochs.
var smallWays = []string{"ours", "fixed"}

func smallPlan(l *Lab) (*Plan, error) {
	s, err := l.GivenSet()
	if s == nil && err == nil {
		s, err = l.stretches()
	}
	if err != nil {
		return nil, err
	}
	d, err := s.Load()
	if err != nil {
		return nil, err
	}
	z := smallSizeOf(l.Scale)
	all := d.Train.Trials() + d.Valid.Trials() - 2*z.validTest
	p := &Plan{Sets: []*Set{s}}
	for split := range z.splits {
		p.Seeds = append(p.Seeds, experiment.SeedOf(split, 0))
	}
	for _, n := range z.trials {
		if n < all {
			p.Searches = append(p.Searches, z.search(s, n, n, z.splits))
		}
	}
	if all < 1 {
		return nil, fmt.Errorf("%s has %d trials, and %d validate or test: give a file of more", s.Name, d.Train.Trials()+d.Valid.Trials(), 2*z.validTest)
	}
	p.Searches = append(p.Searches, z.search(s, all, 0, 1))
	return p, nil
}

// search compares the ways on n trials; train is 0 where these are all.
func (z *smallSize) search(s *Set, n, train, splits int) *Search {
	epochs := max(z.seen/n, z.minEpoch)
	settings := append(sized(z.units), ramped(epochs/4)...)
	settings = append(settings, fmt.Sprintf("train.batch_size=%d", z.batch), fmt.Sprintf("infer.samples=%d", z.samples),
		fmt.Sprintf("pbt.first_generation_epochs=%d", epochs*3/10), fmt.Sprintf("pbt.epochs_per_generation=%d", max(epochs/10, 1)))
	search := &Search{Label: fmt.Sprintf("%d trials", n), Set: s, Search: experiment.Search{
		Division: experiment.Division{Splits: splits, Test: z.validTest, Valid: z.validTest, Train: train}, Seeds: 1,
		Epochs: z.members * epochs, Members: z.members, Set: settingsOf(settings),
	}}
	for _, word := range smallWays {
		search.Ways = append(search.Ways, way(word))
	}
	return search
}

// smallMeasures are what ways are compared by, the first that data allow.
var smallMeasures = []struct{ key, title string }{{"behavior_r2", "velocity R2"}, {"rates_r2", "rates R2"}, {"co_bps", "co-bps"}, {"bps", "bits per spike"}}

func smallJudge(_ context.Context, _ *Lab, p *Plan, r *Result) error {
	t := Table{Panel: "2a, b", Columns: []Column{{"trials", "training trials", 0}, {"epochs", "epochs, all models", 0}}}
	for _, m := range smallMeasures {
		t.Columns = append(t.Columns, Column{m.key, m.title, 4})
	}
	for _, word := range smallWays {
		for _, s := range p.Searches {
			for _, c := range s.of(word) {
				row := Row{Name: fmt.Sprintf("split %d", c.Split), Group: word}
				row.set("trials", float64(c.Data.Train))
				row.set("epochs", float64(c.EpochsUsed))
				for _, m := range smallMeasures {
					if v, ok := chosen(&c, m.key); ok {
						row.set(m.key, v)
					}
				}
				t.Rows = append(t.Rows, row)
			}
		}
	}
	r.Tables = append(r.Tables, t)
	return nil
}

// smallMeasure is the measure that a result's ways are compared by.
func smallMeasure(t *Table) (key, title string) {
	for _, m := range smallMeasures {
		if len(values(t.Rows, m.key)) > 0 {
			return m.key, m.title
		}
	}
	return "", ""
}

func smallDraw(r *Result) []Figure {
	t := r.table("2a, b")
	key, title := smallMeasure(t)
	chart := report.Chart{X: "training trials", Y: title + ", test trials"}
	for _, word := range smallWays {
		xs, ys := both(t.rows(word), "trials", key)
		mx, my := meansBy(xs, ys)
		chart.Series = append(chart.Series, report.Series{Name: wayTitles[word], X: xs, Y: ys}, report.Series{Name: wayTitles[word], X: mx, Y: my, Line: true})
	}
	return []Figure{{"small-data", title + " by training trials, of a population and of fixed values", &report.Charts{
		Title: "What few trials give", Subtitle: "dots: subsets of the trials; lines: means; as many epochs of all models together", Panels: []report.Chart{chart},
	}}}
}

// wayTitles are what figures call ways.
var wayTitles = map[string]string{"ours": "AutoLFADS", "fixed": "fixed values", "random": "random search"}

func smallFound(r *Result) []Finding {
	t := r.table("2a, b")
	key, title := smallMeasure(t)
	by := func(word string) map[float64][]float64 {
		xs, ys := both(t.rows(word), "trials", key)
		at := map[float64][]float64{}
		for i := range xs {
			at[xs[i]] = append(at[xs[i]], ys[i])
		}
		return at
	}
	ours, fixed := by("ours"), by("fixed")
	xs, _ := both(t.Rows, "trials", key)
	sizes, _ := meansBy(xs, xs)
	if len(sizes) == 0 {
		return []Finding{{"2a, b", notMeasured, "There are no numbers."}}
	}
	text := title + " on test trials, AutoLFADS and fixed values: "
	for _, n := range sizes {
		text += fmt.Sprintf("%.0f trials %s and %s; ", n, meanText(ours[n]), meanText(fixed[n]))
	}
	if z := smallSizeOf(r.Scale); len(sizes) > 1 {
		all := int(sizes[len(sizes)-1])
		text += fmt.Sprintf("where all train these are %d of %d, for %d validate and %d test; subsets of different splits share trials; ", all, all+2*z.validTest, z.validTest, z.validTest)
	}
	if title != smallMeasures[0].title {
		text += "there is no behaviour to decode, so this stands in for velocity; "
	}
	fewest := func(word string) []Row {
		return slices.DeleteFunc(t.rows(word), func(row Row) bool { return row.number("trials") != sizes[0] })
	}
	return []Finding{pairedFinding("2a, b", fmt.Sprintf("%sdifference on %.0f trials, paired by split: ", text, sizes[0]), fewest("ours"), fewest("fixed"), key)}
}
