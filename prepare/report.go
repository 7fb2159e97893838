package prepare

import (
	"slices"
	"strconv"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
	"github.com/autolfads/autolfads/prepare/signal"
)

// Report says what Trials did.
type Report struct {
	Name    string      `json:"name"`
	Table   string      `json:"trials_table"` // "": windows of a continuous recording
	Align   string      `json:"align"`        // column of the moments of alignment; "": windows of a continuous recording
	Window  Window      `json:"window_ms"`
	Chop    *ChopReport `json:"chop,omitempty"` // of a continuous recording; nil: windows lie about moments
	BinMs   float64     `json:"bin_ms"`
	Bins    int         `json:"bins"`         // a trial, that are read
	Forward int         `json:"forward_bins"` // behind them, that are only reconstructed
	Trials  int         `json:"trials"`
	Of      int         `json:"trials_of"` // rows of the table, or windows
	Dropped []Dropped   `json:"dropped"`

	Units      []UnitReport `json:"units"`
	HeldOut    []string     `json:"units_held_out"`    // the last of the units: not read, only reconstructed
	LeftOut    []LeftOut    `json:"units_not_counted"` // by their ids or columns
	Slow       []UnitReport `json:"units_left_out"`    // of a rate below the least asked for
	Silent     []string     `json:"units_silent"`      // kept, without a spike in any trial kept
	Spikes     int          `json:"spikes"`            // in the recording, of the units counted
	Counted    int          `json:"counted"`           // of the units kept, once for each trial that has them
	Outside    int          `json:"outside"`           // of all units, in no trial
	Unobserved int          `json:"unobserved"`        // of the units kept, in bins that count as not observed
	Unclear    int          `json:"not_finite"`        // spike times that are no numbers
	Missing    float64      `json:"missing_share"`     // of the counts: not observed
	MeanRate   float64      `json:"mean_rate_hz"`      // of the units kept, over what was observed
	Overlap    int          `json:"overlapping"`       // trials that begin before the one in front of them ends

	Correlated *CorrelationReport `json:"correlated"` // nil: there are no two units

	Train      int               `json:"train"`
	Valid      int               `json:"valid"`
	Test       int               `json:"test"`
	Rule       string            `json:"split_by"`
	Shared     int               `json:"train_sharing_time"` // trials that train and share time with one that validates or tests
	Share      float64           `json:"valid_share"`
	Seed       uint64            `json:"seed"`
	Conditions []ConditionReport `json:"conditions"`
	Beside     []string          `json:"files_beside"` // read with the recording's own
	Behavior   []BehaviorReport  `json:"behavior"`
	Inputs     []BehaviorReport  `json:"external"`
	Signals    *signal.Report    `json:"signals,omitempty"` // instead of spikes: units are their channels
	Reading    []string          `json:"reading"`           // what was assumed of the file, and what of it was left out
	Notes      []string          `json:"notes"`

	options Options
}

// ConditionReport is how many trials of one condition went where.
type ConditionReport struct {
	Name  string `json:"name"`
	Train int    `json:"train"`
	Valid int    `json:"valid"`
	Test  int    `json:"test"`
}

// report puts together what was done.
func (m *maker) report() *Report {
	r, d, o := m.r, m.made, m.o
	division := o.Split.division()
	p := &Report{
		Name: r.Name, Table: m.table, Align: m.align, Window: m.window, Chop: m.chopped, BinMs: float64(m.Width) / grid.NsPerMs, Bins: m.read(), Forward: m.forward,
		Trials: len(m.starts), Of: m.rows, Dropped: nonNil(m.dropped),
		Units: m.units, HeldOut: idsOf(m.units[len(m.units)-m.heldOut:]), LeftOut: nonNil(m.left), Slow: nonNil(m.slow), Silent: []string{}, Correlated: m.correlations,
		Spikes: r.Units.Total(), Outside: m.outside, Unclear: m.unclear,
		Overlap: m.overlapping(),
		Train:   d.Train.Trials(), Valid: d.Valid.Trials(), Test: d.Test.Trials(), Rule: m.rule, Shared: m.shared, Share: division.Share, Seed: division.Seed,
		Conditions: conditionReports(d), Beside: nonNil(r.Beside), Reading: nonNil(r.Notes), Notes: nonNil(m.notes), options: *o,
	}
	p.options.Split.ValidShare = p.Share
	if m.chopped != nil {
		p.options.Chop = &ChopOptions{m.chopped.WindowMs, &m.chopped.OverlapMs}
	} else {
		p.options.Window = &p.Window
	}
	p.options.Table, p.options.Align = p.Table, p.Align
	bins := 0
	for _, u := range p.Units {
		p.Counted, p.Unobserved, bins = p.Counted+u.Counted, p.Unobserved+u.Unobserved, bins+u.Bins
		if u.Counted == 0 {
			p.Silent = append(p.Silent, u.ID)
		}
	}
	p.Missing = 1 - float64(bins)/float64(p.Trials*m.Bins*len(p.Units))
	p.MeanRate = float64(p.Counted) / (float64(bins) * m.BinWidth().Seconds())
	if p.Signals = m.signals; m.signals != nil {
		p.noSpikes()
	}
	p.add(m.r, m.beside)
	return p
}

// noSpikes takes out of the report what only units have.
func (r *Report) noSpikes() {
	r.Counted, r.Unobserved, r.MeanRate, r.Silent = 0, 0, 0, []string{}
	for i := range r.Units {
		r.Units[i].Counted = 0
	}
}

// conditionReports counts the trials of each condition, in the order of their
// numbers.
func conditionReports(d *dataset.Dataset) []ConditionReport {
	var testing []int64
	if d.Test != nil {
		testing = d.Test.Condition
	}
	all := slices.Concat(d.Train.Condition, d.Valid.Condition, testing)
	slices.Sort(all)
	reports := []ConditionReport{}
	for _, condition := range slices.Compact(all) {
		name := strconv.FormatInt(condition, 10)
		if d.Conditions != nil {
			name = d.Conditions[condition]
		}
		reports = append(reports, ConditionReport{name, count(d.Train.Condition, condition), count(d.Valid.Condition, condition), count(testing, condition)})
	}
	return reports
}

func count(all []int64, condition int64) (n int) {
	for _, c := range all {
		if c == condition {
			n++
		}
	}
	return n
}

// nonNil returns an empty list for none, which JSON shows as such.
func nonNil[T any](v []T) []T {
	if v == nil {
		return []T{}
	}
	return v
}
