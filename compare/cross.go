package compare

import (
	"context"
	"slices"

	"github.com/autolfads/autolfads/evaluate/factors"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/pbt"
)

// cross decodes the factors of all models from each other's.
func (c *comparing) cross(ctx context.Context) (err error) {
	models := c.out.Models
	if len(models) < 2 {
		return nil
	}
	var all []factors.Model
	for i := range models {
		all = append(all, models[i].factors)
	}
	c.stages.model("")
	o := c.out
	if o.Crosses, err = factors.Cross(ctx, all, c.stages.begin("factors from factors", crossWeight*float64(len(all)*(len(all)-1)))); err != nil {
		return err
	}
	kin := o.founders() < len(models)
	for i := range models {
		models[i].CrossDecoding = &o.Crosses.Figures[i]
		if kin {
			models[i].FromStrangers = o.strangers(i)
		}
	}
	return nil
}

// founders is from how many models of the first generation all descend.
func (o *Comparison) founders() int {
	lines := map[pbt.Place]bool{}
	for _, m := range o.Models {
		lines[m.Founder] = true
	}
	return len(lines)
}

// strangers is the median of R2 to a model from those whose line began elsewhere; nil
// if there are none.
func (o *Comparison) strangers(to int) *float64 {
	var all []float64
	for from := range o.Models {
		if o.Models[from].Founder != o.Models[to].Founder {
			all = append(all, o.Crosses.R2[from][to])
		}
	}
	if len(all) == 0 {
		return nil
	}
	median := metric.QuartilesOf(all).Median
	return &median
}

// differ says by how much each model predicts worse than the search's choice.
func (c *comparing) differ(ctx context.Context) error {
	chosen := slices.IndexFunc(c.out.Models, func(m Model) bool { return m.Best })
	if chosen < 0 || c.Draws == 0 || c.out.Models[chosen].bits == nil {
		return nil
	}
	r := metric.DefaultResampling(c.data.Valid.Condition)
	r.Draws, r.Seed = c.Draws, c.Seed
	of, err := r.Scores(ctx, c.out.Models[chosen].bits)
	if err != nil {
		return err
	}
	for i := range c.out.Models {
		m := &c.out.Models[i]
		if i == chosen {
			continue
		}
		mine, err := r.Scores(ctx, m.bits)
		if err != nil {
			return err
		}
		if worse := r.Middle(metric.Differences(of, mine)); worse.Known() {
			m.Worse = &worse
		}
	}
	return nil
}
