package nlb

import (
	"fmt"
	"slices"
	"strings"
)

// Report says what Prepare did.
type Report struct {
	Names      []string          `json:"recordings"`
	Preset     string            `json:"preset"`
	Eval       string            `json:"eval"`
	BinMs      int               `json:"bin_ms"`
	Of         int               `json:"trials_of"` // rows of the table of trials
	Train      int               `json:"train"`
	Evaluated  int               `json:"evaluated"`
	Trained    []int             `json:"train_trials"` // their rows in the table of trials, from 0 on
	Evaluating []int             `json:"eval_trials"`
	HeldIn     []string          `json:"units_held_in"`
	HeldOut    []string          `json:"units_held_out"`
	Conditions []ConditionReport `json:"conditions"`
	Tensors    []TensorReport    `json:"tensors"`
	Notes      []string          `json:"notes"`
}

// ConditionReport is how many trials of one condition a PSTH is the average of.
type ConditionReport struct {
	Name  string `json:"name"`
	Train int    `json:"train"`
	Eval  int    `json:"eval"`
}

// TensorReport is one array of the file.
type TensorReport struct {
	Key   string `json:"key"`
	Shape []int  `json:"shape"`
}

// report puts together what was done.
func (m *maker) report() *Report {
	r := &Report{
		Preset: m.name, Eval: m.o.Eval, BinMs: m.o.BinMs, Of: m.trials.n,
		Train: m.set.trialsOf("train_spikes_heldin"), Evaluated: m.set.trialsOf("eval_spikes_heldin"),
		Trained: m.train, Evaluating: m.eval, HeldIn: m.units[heldIn], HeldOut: m.units[heldOut],
		Conditions: m.conditionReports(), Tensors: []TensorReport{}, Notes: []string{},
	}
	for _, p := range m.parts {
		r.Names = append(r.Names, p.Name)
	}
	for _, t := range m.set.Tensors {
		r.Tensors = append(r.Tensors, TensorReport{t.Key, t.Shape})
	}
	if in, out := len(r.HeldIn), len(r.HeldOut); in != m.heldIn || out != m.heldOut {
		m.note("%d units are held in and %d held out; %s of the benchmark has %d and %d", in, out, m.name, m.heldIn, m.heldOut)
	}
	if r.Train < len(m.train) || r.Evaluated < len(m.eval) {
		m.note("%d trials to train on and %d to evaluate have no window, and are in no tensor of spikes", len(m.train)-r.Train, len(m.eval)-r.Evaluated)
	}
	r.Notes = append(r.Notes, m.notes...)
	return r
}

// trialsOf is how many trials a tensor has.
func (s *Set) trialsOf(key string) int { return s.Tensor(key).Shape[0] }

// conditionReports counts the trials that each PSTH averages.
func (m *maker) conditionReports() []ConditionReport {
	all := []ConditionReport{}
	if m.psth == nil {
		return all
	}
	train := m.set.Tensor(m.set.Group + "/train_cond_idx").Lists
	eval := m.set.Tensor(m.set.Group + "/eval_cond_idx").Lists
	for k, c := range m.psth.conditions {
		all = append(all, ConditionReport{m.named(c.values), len(train[k]), len(eval[k])})
	}
	return all
}

// String lays the report out in lines for a terminal.
func (r *Report) String() string {
	var b strings.Builder
	line := func(label, format string, args ...any) {
		fmt.Fprintf(&b, "%-12s %s\n", label, fmt.Sprintf(format, args...))
	}
	line("recording", "%s", strings.Join(r.Names, ", "))
	line("preset", "nlb/%s: the tensors of the Neural Latents Benchmark, as nlb_tools make them", r.Preset)
	trains := "train"
	if r.Eval == Test {
		trains = "train or val"
	}
	line("trials", "%d of split %s to train on, %d of split %s to evaluate, of %d", r.Train, trains, r.Evaluated, r.Eval, r.Of)
	line("units", "%d held in, %d held out", len(r.HeldIn), len(r.HeldOut))
	line("bins", "of %d ms", r.BinMs)
	for _, t := range r.Tensors {
		line("tensor", "%s %s", t.Key, strings.Trim(strings.ReplaceAll(fmt.Sprint(t.Shape), " ", " x "), "[]"))
	}
	for _, c := range r.Conditions {
		line("condition", "%s: %d to train on, %d to evaluate", c.Name, c.Train, c.Eval)
	}
	for _, n := range slices.Compact(slices.Clone(r.Notes)) {
		line("note", "%s", n)
	}
	return b.String()
}
