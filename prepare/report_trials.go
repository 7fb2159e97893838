package prepare

import "fmt"

// windows says which windows there are.
func (r *Report) windows(line lineFunc) {
	line("trials", "%s", r.trials())
	if r.Chop != nil {
		line("recorded", "%s", r.Chop)
	}
	for _, d := range r.Dropped {
		line("dropped", "%d: %s (counted from 0: %s)", len(d.Trials), d.Reason, few(d.Trials))
	}
	line("bins", "%d of %g ms%s", r.Bins, r.BinMs, r.forward())
}

// briefWindows does not say which trials are dropped.
func (r *Report) briefWindows(line lineFunc) {
	line("trials", "%s", r.trials())
	for _, d := range r.Dropped {
		line("dropped", "%d: %s", len(d.Trials), d.Reason)
	}
	line("bins", "%d of %g ms%s", r.Bins, r.BinMs, r.forward())
}

// trials says which windows of what there are.
func (r *Report) trials() string {
	if c := r.Chop; c != nil {
		return fmt.Sprintf("%d of %d windows of %g ms, of which each shares %g ms with the next one", r.Trials, r.Of, c.WindowMs, c.OverlapMs)
	}
	return fmt.Sprintf("%d of the %d rows of %s, %v ms about %s", r.Trials, r.Of, r.Table, r.Window, r.Align)
}

func (r *Report) forward() string {
	if r.Forward == 0 {
		return ""
	}
	return fmt.Sprintf(", and %d behind them that the model predicts and does not read", r.Forward)
}
