package prepare

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/autolfads/autolfads/prepare/signal"
)

// Options say how a recording becomes trials. Those of the zero value that have a
// default say so.
type Options struct {
	BinMs     float64 `json:"bin_ms"`              // bin width in ms
	Table     string  `json:"trials,omitempty"`    // of trials; "": the recording's own
	Align     string  `json:"align,omitempty"`     // column of the moments that trials are aligned to; "": start_time, or time of a table of events
	FromStart bool    `json:"align_from_start"`    // that column counts from each trial's start
	Window    *Window `json:"window_ms"`           // about the moment; nil: from it to the shortest trial's stop
	Condition string  `json:"condition,omitempty"` // column of the trials' conditions; "": none
	Where     string  `json:"where,omitempty"`     // condition on columns of the table, as package where reads it, that rows must fulfil; "": all do

	Chop      *ChopOptions   `json:"chop,omitempty"`      // windows over all that was recorded, or in the rows of a table, instead of trials; nil: trials
	SetAside  float64        `json:"set_aside,omitempty"` // units that no model sees, for few-shot co-smoothing: a number, or a share below 1, of those kept; 0: none
	Units     UnitOptions    `json:"units"`
	HoldOut   HoldOutOptions `json:"hold_out"`
	ForwardMs float64        `json:"forward_ms,omitempty"` // bins behind the window of that many ms, which the model predicts and does not read; 0: none
	Split     SplitOptions   `json:"split"`

	Behavior BehaviorOptions `json:"behavior"`
	Signals  *signal.Options `json:"signals,omitempty"` // instead of spikes; nil: spikes

	block int // samples of a signal that are read at a time; 0: as many as suit

	// Progress is told how many spikes of how many are counted; nil: nobody asks. It
	// is called often and must be quick.
	Progress func(counted, of int64) `json:"-"`
}

// Bins are not meant to be narrower than leastBinMs, a part of a spike, or wider than
// an hour.
const (
	leastBinMs = 0.1
	mostBinMs  = 3.6e6
)

// Check returns an error for options that cannot be meant, whatever the recording.
func (o *Options) Check() error {
	if !(o.BinMs >= leastBinMs && o.BinMs <= mostBinMs) {
		return fmt.Errorf("the bin width is %g ms: it must be at least %g ms and at most an hour, and is in ms, not in seconds (--bin-ms 5)", o.BinMs, leastBinMs)
	}
	return cmp.Or(o.checkChop(), o.checkCondition(), o.Chop.check(), o.checkSignals(), o.Units.check(), o.checkAside(), o.HoldOut.check(), o.Split.check(), o.Behavior.check())
}

// ofMoments are the options of windows about moments, by their flags.
func (o *Options) ofMoments() []flagged {
	return []flagged{
		{"--align", o.Align != ""},
		{"--align-from-start", o.FromStart},
		{"--window", o.Window != nil},
		{"--condition", o.Condition != ""},
		{"--forward-ms", o.ForwardMs != 0},
		{"--split-column", o.Split.Column != ""},
		{"--split-by-condition", o.Split.ByCondition},
	}
}

// flagged is an option by its flag, and whether it is given.
type flagged struct {
	flag  string
	given bool
}

// checkChop returns an error for what needs moments where there are none.
func (o *Options) checkChop() error {
	var flags []string
	given := false
	for _, f := range o.ofMoments() {
		flags, given = append(flags, f.flag), given || f.given
	}
	if o.Chop == nil || !given {
		return nil
	}
	last := len(flags) - 1
	return fmt.Errorf("windows of a continuous recording (--chop) have no moments to go by: leave out --chop, or %s and %s", strings.Join(flags[:last], ", "), flags[last])
}

func (o *Options) checkCondition() error {
	if o.Split.ByCondition && o.Condition == "" {
		return errors.New("--split-by-condition divides the trials of each condition: say which column conditions are in (--condition)")
	}
	return nil
}
