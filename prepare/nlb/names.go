package nlb

import (
	"slices"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// mostNames of an attribute: it takes 16 bytes each, of 64 KiB in all.
const mostNames = 4000

// call says in attributes what is called how: units in the order of the tensors,
// behaviour, conditions; and which rows of the table of trials were taken.
func (m *maker) call(conditions []ConditionReport) {
	words := make([]string, len(conditions))
	for k, c := range conditions {
		words[k] = c.Name
	}
	m.set.Attributes = map[string]any{}
	for name, all := range map[string][]string{
		"unit_ids": slices.Concat(m.units[heldIn], m.units[heldOut]), "behavior_names": m.behaviorNames(), "conditions": words,
	} {
		if len(all) > 0 && len(all) <= mostNames {
			m.set.Attributes[name] = all
		}
	}
	for name, trials := range map[string][]int{"train_trials": m.train, "eval_trials": m.eval} {
		if len(trials) <= mostNames {
			m.set.Attributes[name] = trials
		}
	}
}

// behaviorNames are those of the features of behaviour that is a stream: its own name
// and the feature's, or its number; nil if columns of trials are the behaviour.
func (m *maker) behaviorNames() (names []string) {
	for _, p := range m.parts {
		stream := p.streams[m.behavior]
		if stream == nil {
			continue
		}
		called := columnsOf(stream)
		for to, from := range orderOf(stream) {
			name := strconv.Itoa(to)
			if called != nil {
				name = strings.TrimSpace(called[from])
			}
			names = append(names, stream.Name+"_"+name)
		}
		return names
	}
	return nil
}

// columnsOf are the names of a stream's features that comments such as "columns=[x,y]"
// give them; nil if they do not.
func columnsOf(stream *dataset.Stream) []string {
	if !strings.Contains(stream.Comments, "columns=") {
		return nil
	}
	inside := stream.Comments[strings.LastIndex(stream.Comments, "[")+1:]
	inside, _, _ = strings.Cut(inside, "]")
	if names := strings.Split(inside, ","); len(names) == stream.Features {
		return names
	}
	return nil
}
