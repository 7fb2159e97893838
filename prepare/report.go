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
	Name string `json:"name"`

	// Windows, or trials.
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

	// Units, or channels of signals.
	Units      []UnitReport `json:"units"`
	SetAside   []string     `json:"units_set_aside"`   // not among the units: no model sees them
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
	Lacking    []int64      `json:"trials_missing"`    // of which some counts are
	MeanRate   float64      `json:"mean_rate_hz"`      // of the units kept, over what was observed
	Overlap    int          `json:"overlapping"`       // trials that begin before the one in front of them ends

	Correlated *CorrelationReport `json:"correlated"` // nil: there are no two units

	// Where trials went, what is beside spikes, and what else should be known.
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

// report puts together what was done, each concern for itself.
func (m *maker) report() *Report {
	r := &Report{
		Name: m.r.Name, Beside: nonNil(m.r.Beside), Reading: nonNil(m.r.Notes), Notes: nonNil(m.notes),
		Signals: m.signals, Correlated: m.correlations, options: *m.o,
	}
	m.reportWindows(r)
	m.reportUnits(r)
	m.reportSplit(r)
	r.add(m.r, m.beside)
	return r
}

// reportWindows says which windows there are, in the options, too.
func (m *maker) reportWindows(r *Report) {
	r.Table, r.Align, r.Window, r.Chop = m.table, m.align, m.window, m.chopped
	r.BinMs, r.Bins, r.Forward = float64(m.Width)/grid.NsPerMs, m.read(), m.forward
	r.Trials, r.Of, r.Dropped, r.Overlap = len(m.starts), m.rows, nonNil(m.dropped), m.overlapping()
	if m.chopped != nil {
		r.options.Chop = &ChopOptions{m.chopped.WindowMs, &m.chopped.OverlapMs}
	} else {
		r.options.Table, r.options.Align, r.options.Window = r.Table, r.Align, &r.Window
	}
}

// reportUnits says what was counted of which units, or that they are channels.
func (m *maker) reportUnits(r *Report) {
	r.Units, r.HeldOut = m.units, idsOf(m.units[len(m.units)-m.heldOut:])
	r.SetAside = idsOf(m.asideUnits)
	r.LeftOut, r.Slow, r.Silent = nonNil(m.left), nonNil(m.slow), []string{}
	r.Spikes, r.Outside, r.Unclear = m.r.Units.Total(), m.outside, m.unclear
	bins := 0
	for _, u := range r.Units {
		r.Counted, r.Unobserved, bins = r.Counted+u.Counted, r.Unobserved+u.Unobserved, bins+u.Bins
		if u.Counted == 0 {
			r.Silent = append(r.Silent, u.ID)
		}
	}
	r.Missing = 1 - float64(bins)/float64(r.Trials*m.Bins*len(r.Units))
	if r.Lacking = []int64{}; r.Missing > 0 {
		r.Lacking = withMissing(m.made)
	}
	r.MeanRate = float64(r.Counted) / (float64(bins) * m.BinWidth().Seconds())
	if r.Signals != nil {
		r.noSpikes()
	}
}

// withMissing are the ids of the trials that have a count which is missing, in order.
func withMissing(d *dataset.Dataset) (ids []int64) {
	for _, s := range []*dataset.Split{d.Train, d.Valid, d.Test} {
		for i := range s.Trials() {
			if slices.ContainsFunc(s.Recon.Trial(i), dataset.IsMissing) {
				ids = append(ids, s.TrialIDs[i])
			}
		}
	}
	slices.Sort(ids)
	return ids
}

// noSpikes takes out of the report what only units have.
func (r *Report) noSpikes() {
	r.Counted, r.Unobserved, r.MeanRate, r.Silent = 0, 0, 0, []string{}
	for i := range r.Units {
		r.Units[i].Counted = 0
	}
}

// reportSplit says which trials went where, in the options, too.
func (m *maker) reportSplit(r *Report) {
	d, by := m.made, m.o.Split.division()
	r.Train, r.Valid, r.Test = d.Train.Trials(), d.Valid.Trials(), d.Test.Trials()
	r.Rule, r.Shared, r.Share, r.Seed = m.rule, m.shared, by.Share, by.Seed
	r.Conditions, r.options.Split.ValidShare = conditionReports(d), by.Share
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
