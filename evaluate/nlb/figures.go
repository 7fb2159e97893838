package nlb

import "math"

// Figures are what a method scores on one data set; nil: it has no such figure.
type Figures struct {
	CoBPS     *float64 `json:"co_bps,omitempty"`    // bits per spike of the neurons held out
	Behaviour *float64 `json:"behaviour,omitempty"` // R2 of velocity; of dmfc_rsg the correlation of speed and interval, best at -1
	PSTHR2    *float64 `json:"psth_r2,omitempty"`
	FpBPS     *float64 `json:"fp_bps,omitempty"` // bits per spike in forward bins
}

// Scores are the figures of rates, with what they are of.
type Scores struct {
	Dataset string `json:"dataset"`
	BinMs   int    `json:"bin_ms"`
	Split   string `json:"split,omitempty"` // of the trials that are evaluated: val, test, or "": not known
	Figures
	Warning string   `json:"warning,omitempty"` // that the targets are not those asked for
	Notes   []string `json:"notes,omitempty"`   // why a figure is missing, and what was made of odd numbers
}

// all are the figures in the order of tables.
func (f *Figures) all() []*float64 { return []*float64{f.CoBPS, f.Behaviour, f.PSTHR2, f.FpBPS} }

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
