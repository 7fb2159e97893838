package paper

import (
	"fmt"
	"math"
)

// poorRates is the share of the best R2 of rates below which a model's rates are poor. One
// that has at least half of what can be found of this data has found rates, and a likelihood
// a little better than that of the true ones is then the chance of few trials, not copying.
const poorRates = .5

// copying are models that copy spikes, of those that could.
type copying struct {
	of    int // models with both scores
	below int // whose validation NLL is below that of the true rates
	poor  int // of these, those whose rates are poor, too: these copy
}

// copyingIn counts them among the models of a group; the best rates are those of any group.
func (t *Table) copyingIn(group string, oracle float64) (c copying) {
	for _, row := range t.rows(group) {
		nll, r2 := row.number("nll"), row.number("rates_r2")
		if nll != nll || r2 != r2 {
			continue
		}
		c.of++
		if nll < oracle {
			c.below++
		}
		if t.copies(&row, oracle) {
			c.poor++
		}
	}
	return c
}

// copies reports whether a model copies spikes: its validation NLL is below that of the true
// rates, and the R2 of its rates below half of the best of all models.
func (t *Table) copies(row *Row, oracle float64) bool {
	best := math.Inf(-1)
	for _, r2 := range values(t.Rows, "rates_r2") {
		best = max(best, r2)
	}
	return row.number("nll") < oracle && row.number("rates_r2") < poorRates*best
}

// text says how many there are, in a group.
func (c copying) text(group string) string {
	return fmt.Sprintf("%d of %d models %s, of which %d have poor rates (R2 below half of the best)", c.below, c.of, group, c.poor)
}

// bestCopies reports whether the model of the best likelihood in a group copies spikes.
func (t *Table) bestCopies(group string, oracle float64) bool {
	var best *Row
	rows := t.rows(group)
	for i := range rows {
		if nll := rows[i].number("nll"); nll == nll && (best == nil || nll < best.number("nll")) {
			best = &rows[i]
		}
	}
	return best != nil && t.copies(best, oracle)
}
