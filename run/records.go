package run

import (
	"bytes"
	"encoding/csv"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/autolfads/autolfads/pbt"
)

// generation is a completed generation: units and results in the order of members.
type generation struct {
	units   []Unit
	results []Result
	review  *Review // of its best member; nil: nobody asked for one
}

// finish reports whether it is a finish, after the last generation of a search.
func (g generation) finish() bool { return g.units[0].Anneal }

// outcomes are what the search needs to know of a generation.
func (g generation) outcomes() []pbt.Outcome {
	var out []pbt.Outcome
	for i, r := range g.results {
		o := pbt.Outcome{Member: r.Member, Score: float64(r.Score), Epochs: r.Epochs, Hyper: g.units[i].Hyper, Anneal: g.units[i].Anneal}
		if p := g.units[i].Parent; p != nil {
			o.From = &p.Place
		}
		if v := g.review; v != nil && v.Member == r.Member {
			o.Losses = v.losses()
		}
		out = append(out, o)
	}
	return out
}

// result returns the result of a member.
func (g generation) result(member int) Result {
	return g.results[slices.IndexFunc(g.results, func(r Result) bool { return r.Member == member })]
}

// summary returns the best score, NaN if there is none, and who diverged.
func (g generation) summary() (best float64, diverged []Divergence) {
	best = math.NaN()
	for i, o := range g.outcomes() {
		if d := g.results[i].Diverged; d != nil {
			diverged = append(diverged, Divergence{o.Member, *d})
		}
		if o.Finite() && !(best <= o.Score) {
			best = o.Score
		}
	}
	return best, diverged
}

// record writes everything that readers look at, and removes the checkpoints
// of places that are no longer needed, and a final choice that is of fewer
// generations. It may be repeated at will.
func (f *Folder) record(done []generation, h pbt.History, needed map[pbt.Place]bool) error {
	if err := f.forgetChoice(); err != nil {
		return err
	}
	for name, rows := range map[string][][]string{
		"scores.csv":          scoreRows(done),
		"hyperparameters.csv": hyperRows(done),
		"exploits.csv":        exploitRows(done),
	} {
		if err := f.writeCSV(name, rows); err != nil {
			return err
		}
	}
	if err := f.gatherMetrics(done); err != nil {
		return err
	}
	if err := f.completeEvents(done[len(done)-1]); err != nil {
		return err
	}
	if err := f.keepBest(done, h); err != nil {
		return err
	}
	if err := f.writeState(len(done), h, "running", ""); err != nil {
		return err
	}
	return f.prune(done, needed)
}

func (f *Folder) writeCSV(name string, rows [][]string) error {
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		return err
	}
	return f.write(name, b.Bytes())
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func scoreRows(done []generation) [][]string {
	rows := [][]string{{"generation", "member", "epoch", "score", "diverged"}}
	for _, g := range done {
		for _, r := range g.results {
			fault := ""
			if r.Diverged != nil {
				fault = r.Diverged.Error()
			}
			rows = append(rows, []string{
				strconv.Itoa(r.Generation), strconv.Itoa(r.Member), strconv.Itoa(r.Epoch), number(float64(r.Score)), fault,
			})
		}
	}
	return rows
}

// hyperKeys returns every key that some unit sets.
func hyperKeys(done []generation) []string {
	keys := map[string]bool{}
	for _, g := range done {
		for _, u := range g.units {
			for key := range u.Hyper {
				keys[key] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(keys))
}

// cell is a hyper-parameter in a table; empty if the unit does not set it.
func cell(h pbt.Hyper, key string) string {
	if v, ok := h[key]; ok {
		return number(v)
	}
	return ""
}

func hyperRows(done []generation) [][]string {
	keys := hyperKeys(done)
	rows := [][]string{append([]string{"generation", "member"}, keys...)}
	for _, g := range done {
		for _, u := range g.units {
			row := []string{strconv.Itoa(u.Generation), strconv.Itoa(u.Member)}
			for _, key := range keys {
				row = append(row, cell(u.Hyper, key))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// exploitRows has a row for each member that took another place than its own,
// with its own values before and the values it goes on with.
func exploitRows(done []generation) [][]string {
	keys := hyperKeys(done)
	head := []string{"generation", "member", "parent_generation", "parent"}
	for _, key := range keys {
		head = append(head, key+" old", key+" new")
	}
	rows := [][]string{head}
	for i, g := range done {
		for member, u := range g.units {
			if !u.Copied {
				continue
			}
			row := []string{
				strconv.Itoa(u.Generation), strconv.Itoa(u.Member),
				strconv.Itoa(u.Parent.Generation), strconv.Itoa(u.Parent.Member),
			}
			for _, key := range keys {
				row = append(row, cell(done[i-1].units[member].Hyper, key), cell(u.Hyper, key))
			}
			rows = append(rows, row)
		}
	}
	return rows
}
