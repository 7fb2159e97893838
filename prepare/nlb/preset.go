package nlb

import (
	"slices"

	"github.com/autolfads/autolfads/prepare"
)

// preset is how the benchmark prepares one data set.
type preset struct {
	name        string
	align       string         // column of the moments of alignment
	window      prepare.Window // about it, in ms
	overlap     bool           // windows may reach into the next trial
	overlapEval bool           // those of what is evaluated may
	behavior    string         // stream
	lagMs       float64        // of behaviour behind spikes
	columns     []string       // of trials that are the behaviour, if no stream is
	conditions  []string       // columns whose values make a condition; nil: there are none
	kernelMs    float64        // standard deviation of what PSTHs are smoothed by
	mask        string         // column of 0 and 1 that says which trials are decoded apart; "": none
	timing      bool           // evaluated from set_time to align, trials moved at random, outliers left out
	heldIn      int            // units held in of the real recording
	heldOut     int
}

// forwardMs is how far behind their windows trials are predicted.
const forwardMs = 200

// Columns that data sets of timing have beside those that make conditions.
const (
	columnSet      = "set_time"
	columnProduced = "tp" // ms from set to go
	columnOutlier  = "is_outlier"
	columnSplit    = "split"
	columnHeldOut  = "heldout" // of units
)

// presets are the benchmark's data sets.
var presets = []preset{
	maze("mc_maze", 100, 70, 137, 45),
	maze("mc_maze_large", 120, 50, 122, 40),
	maze("mc_maze_medium", 120, 50, 114, 38),
	maze("mc_maze_small", 120, 50, 107, 35),
	{
		name: "mc_rtt", align: "start_time", window: prepare.Window{From: 0, To: 600}, overlap: true, overlapEval: true,
		behavior: "finger_vel", lagMs: 140, heldIn: 98, heldOut: 32,
	},
	{
		name: "area2_bump", align: "move_onset_time", window: prepare.Window{From: -100, To: 500}, overlapEval: true,
		behavior: "hand_vel", lagMs: -20, conditions: []string{"cond_dir", "ctr_hold_bump"}, kernelMs: 40, mask: "ctr_hold_bump", heldIn: 49, heldOut: 16,
	},
	{
		name: "dmfc_rsg", align: "go_time", window: prepare.Window{From: -1500, To: 0}, overlap: true, timing: true,
		columns: []string{"is_eye", "theta", "is_short", "ts", "tp"}, conditions: []string{"is_eye", "theta", "is_short", "ts"}, kernelMs: 70, heldIn: 40, heldOut: 14,
	},
}

// maze is a data set of the maze task.
func maze(name string, lagMs, kernelMs float64, heldIn, heldOut int) preset {
	return preset{
		name: name, align: "move_onset_time", window: prepare.Window{From: -250, To: 450}, behavior: "hand_vel", lagMs: lagMs,
		conditions: []string{"trial_type", "trial_version"}, kernelMs: kernelMs, heldIn: heldIn, heldOut: heldOut,
	}
}

// Names returns the benchmark's data sets.
func Names() []string {
	names := make([]string, len(presets))
	for i, p := range presets {
		names[i] = p.name
	}
	return names
}

// find returns the preset of a name; nil if there is none.
func find(name string) *preset {
	i := slices.IndexFunc(presets, func(p preset) bool { return p.name == name })
	if i < 0 {
		return nil
	}
	return &presets[i]
}

// needs are the columns of trials that the preset asks for, in both phases.
func (p *preset) needs() []string {
	all := append([]string{columnSplit, p.align}, p.conditions...)
	all = append(all, p.columns...)
	if p.timing {
		all = append(all, columnSet, columnOutlier)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
