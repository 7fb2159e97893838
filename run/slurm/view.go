package slurm

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// View is what the queue holds of a generation.
type View struct {
	Working int            `json:"working"` // tasks that are executed
	Waiting int            `json:"waiting"`
	Nodes   map[string]int `json:"nodes,omitempty"`   // where they are executed
	Reasons map[string]int `json:"reasons,omitempty"` // why they wait
	Fault   string         `json:"fault,omitempty"`   // why nothing is known; "": it is known
}

// Look asks the queue for the tasks of a generation of the run in dir; nil if none were sent.
func Look(ctx context.Context, dir string, generation int) *View {
	return look(ctx, execute, dir, generation)
}

func look(ctx context.Context, slurm command, dir string, generation int) *View {
	sent, _, err := submissions(dir, generation)
	if err != nil || len(sent) == 0 {
		return nil
	}
	tasks, err := queue{slurm}.of(ctx, sent)
	if err != nil {
		return &View{Fault: err.Error()}
	}
	v := &View{Nodes: map[string]int{}, Reasons: map[string]int{}}
	for _, t := range tasks {
		switch {
		case t.working():
			v.Working++
			v.Nodes[t.Node]++
		case t.alive():
			v.Waiting++
			v.Reasons[t.Reason]++
		}
	}
	return v
}

// String says it in a line.
func (v *View) String() string {
	if v.Fault != "" {
		return fmt.Sprintf("queue: it cannot be asked from here (%s)", v.Fault)
	}
	if v.Working+v.Waiting == 0 {
		return "queue: no tasks"
	}
	return fmt.Sprintf("queue: %d running%s, %d waiting%s", v.Working, counted(v.Nodes), v.Waiting, counted(v.Reasons))
}

// counted writes what was counted, in brackets.
func counted(n map[string]int) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(n)) {
		parts = append(parts, fmt.Sprintf("%s: %d", clean(name), n[name]))
	}
	if parts == nil {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
