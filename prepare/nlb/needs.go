package nlb

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/internal/memory"
)

// complete checks that the session has what the preset needs, and finds its trials.
func (m *maker) complete() error {
	if lacks := m.preset.lackOf(m.session); len(lacks) > 0 {
		return fmt.Errorf("the recording lacks %s%s", strings.Join(lacks, ", "), m.rather())
	}
	if len(m.units[heldOut]) == 0 {
		return fmt.Errorf("no unit is held out: column %s of the units is true for none", columnHeldOut)
	}
	m.train, m.eval = chosen(m.trials.of(m.o.trains()...)), chosen(m.trials.of(m.o.Eval))
	switch {
	case len(m.train) == 0:
		return fmt.Errorf("no trial is of split %s, so there is none to train on: the column split has %s", strings.Join(m.o.trains(), " or "), m.splits())
	case len(m.eval) == 0 && m.o.Eval == Test:
		return fmt.Errorf("no trial is of split test: the column split has %s; give the folder with the test file as well, or evaluate those of split val (--eval val)", m.splits())
	case len(m.eval) == 0:
		return fmt.Errorf("no trial is of split val, so there is none to evaluate: the column split has %s", m.splits())
	}
	return nil
}

// lackOf lists what a session lacks for a preset.
func (p *preset) lackOf(s *session) (lacks []string) {
	for _, name := range p.needs() {
		if !s.trials.has(name) {
			lacks = append(lacks, "column "+name+" of trials")
		}
	}
	if p.behavior != "" && !s.hasStream(p.behavior) {
		lacks = append(lacks, "stream "+p.behavior)
	}
	return lacks
}

func (s *session) hasStream(name string) bool {
	for _, p := range s.parts {
		if p.Stream(name) != nil {
			return true
		}
	}
	return false
}

// rather names the presets that lack nothing, or else what there is.
func (m *maker) rather() string {
	var fit []string
	for i := range presets {
		if p := &presets[i]; len(p.lackOf(m.session)) == 0 {
			fit = append(fit, "nlb/"+p.name)
		}
	}
	if len(fit) > 0 {
		return fmt.Sprintf(": by its columns it may be one of %s (--preset)", strings.Join(fit, ", "))
	}
	var columns []string
	for _, c := range m.parts[0].table.Columns {
		columns = append(columns, c.Name)
	}
	return fmt.Sprintf(", nor does it fit another preset of the benchmark: its trials have %s; without --preset any recording can be prepared", strings.Join(columns, ", "))
}

// splits are the words that trials have in column split.
func (s *session) splits() string {
	var words []string
	for _, v := range s.trials.values[columnSplit] {
		words = append(words, v.String())
	}
	slices.Sort(words)
	return strings.Join(slices.Compact(words), ", ")
}

// fits returns an error if the clock will not fit in memory: two bytes a ms, and for a
// signal 8 for each of its values.
func (m *maker) fits() error {
	const perMs = 2 + 8 + 8*4
	free, limit, known := memory.Available()
	if need := int64(perMs) * int64(m.ms); known && need > free {
		return fmt.Errorf("the recording is %d s long, which takes %.3g GiB of memory, and %.3g GiB are %s: take a larger machine",
			m.ms/1000, float64(need)/(1<<30), float64(free)/(1<<30), limit)
	}
	return nil
}
