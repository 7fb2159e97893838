package prepare

import (
	"fmt"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
)

// beside is what was taken beside the spikes.
type beside struct{ behavior, inputs *taken }

// takeBehavior takes behaviour and inputs, and puts them into all trials.
func (m *maker) takeBehavior() (err error) {
	b, o := &m.beside, &m.o.Behavior
	behavior := &taker{m.plan, grid.Grid{Width: m.Width, Bins: m.read()}, o.LagMs, m.o.Progress}
	if b.behavior, err = behavior.take(m.r, o.Names); err != nil {
		return err
	}
	m.all.Behavior, m.made.Outputs = b.behavior.array, b.behavior.quantities
	inputs := &taker{m.plan, m.Grid, 0, m.o.Progress}
	if b.inputs, err = inputs.take(m.r, o.Inputs); err != nil {
		return err
	}
	m.all.External, m.made.Inputs = b.inputs.array, b.inputs.quantities
	b.sign(m.made, o.LagMs)
	return b.inputs.complete(m.plan)
}

// Attributes that say how behaviour and inputs were made, a dimension each.
const (
	attrLag            = "behavior_lag_ms"
	attrBehaviorMethod = "behavior_method"
	attrInputMethod    = "ext_input_method"
)

// sign has the dataset's file say how they were made.
func (b *beside) sign(d *dataset.Dataset, lagMs float64) {
	if all := b.behavior.methods(); len(all) > 0 && len(all) <= mostMethods {
		d.Attributes[attrLag], d.Attributes[attrBehaviorMethod] = lagMs, all
	}
	if all := b.inputs.methods(); len(all) > 0 && len(all) <= mostMethods {
		d.Attributes[attrInputMethod] = all
	}
}

// mostMethods of an attribute: of 64 KiB in all, 16 bytes each.
const mostMethods = 4000

// methods are how each dimension was made.
func (t *taken) methods() (all []string) {
	for _, r := range t.reports {
		for range r.Features {
			all = append(all, r.Method)
		}
	}
	return all
}

// complete returns an error if something is not known in some bin: a model must be
// told its inputs throughout.
func (t *taken) complete(p *plan) error {
	a := t.array
	if a == nil {
		return nil
	}
	for i, v := range a.Data {
		if !dataset.IsMissing(v) {
			continue
		}
		w, bin := i/(a.Bins*a.Features), i/a.Features%a.Bins
		where := "take a window in which it is (--window)"
		if p.chop != nil {
			where = "keep to what was recorded of it by a table of its stretches (--trials)"
		}
		return fmt.Errorf("the external input %s is not known in trial %d at %s s: inputs must be known in every bin; %s, or leave it out (--external)",
			t.quantities[i%a.Features].Name, p.ids[w], dataset.Moment(p.starts[w]+float64(bin)*p.BinWidth().Seconds()), where)
	}
	return nil
}

// add adds what was taken beside the spikes, and names the streams that were not.
func (r *Report) add(from *dataset.Recording, b beside) {
	r.Behavior, r.Inputs = nonNil(b.behavior.reports), nonNil(b.inputs.reports)
	for _, t := range []*taken{b.behavior, b.inputs} {
		for _, report := range t.reports {
			r.Notes = append(r.Notes, report.notes...)
		}
	}
	if r.options.Units.ids != nil {
		return // a model needs none
	}
	if names := otherStreams(r.options.Signals, from.Streams); len(r.Behavior)+len(r.Inputs) == 0 && len(names) > 0 {
		r.Notes = append(r.Notes, "no stream is taken as behaviour (--behavior): there is "+few(names))
	}
}

// text says what was taken in a line, and how much later.
func (b *BehaviorReport) text(lagMs float64) string {
	name := strings.Join(b.Features, ", ")
	if len(b.Features) > 3 {
		name = fmt.Sprintf("%s (%d dimensions)", b.Name, len(b.Features))
	}
	if b.Unit != "" {
		name += " in " + b.Unit
	}
	text := name + ": " + b.Method
	if b.RateHz != 0 {
		text = fmt.Sprintf("%s: %.6g Hz, %s%s", name, b.RateHz, b.Method, lagText(lagMs))
	}
	if b.Partly > 0 {
		text += fmt.Sprintf("; some bins of %d trials have no value", b.Partly)
	}
	if len(b.Missing) > 0 {
		text += fmt.Sprintf("; no bin has one in %d: %s", len(b.Missing), few(b.Missing))
	}
	return text
}

// lagText says when behaviour was taken.
func lagText(ms float64) string {
	switch {
	case ms > 0:
		return fmt.Sprintf(", %g ms later than the spikes", ms)
	case ms < 0:
		return fmt.Sprintf(", %g ms earlier than the spikes", -ms)
	}
	return ""
}
