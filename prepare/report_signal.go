package prepare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/signal"
)

// noteUnits notes streams of several units.
func (m *maker) noteUnits() {
	all := m.signals.Streams
	unit := all[0].Unit
	for i := 1; i < len(all); i++ {
		if all[i].Unit != unit {
			unit = ""
			m.note("%s is in %s and %s in %s: outputs of each are in its own unit", all[0].Name, orUnknown(all[0].Unit), all[i].Name, orUnknown(all[i].Unit))
		}
	}
}

func orUnknown(unit string) string {
	if unit == "" {
		return "an unknown unit"
	}
	return unit
}

// noteChannels notes what of the channels should be known.
func (m *maker) noteChannels() {
	var constant []string
	raised, all := 0, 0
	for _, u := range m.units {
		raised, all = raised+u.Signal.Raised, all+len(m.starts)*m.Bins
		if !(u.Signal.SD > 0) {
			constant = append(constant, u.ID)
		}
	}
	if raised > 0 {
		m.note("%d of %d numbers lay below %g %% of their channel's mean, where low-pass filters ring about 0, and are raised to it", raised, all, 100*signal.RaisedShare)
	}
	if len(constant) > 0 {
		m.note("one value throughout, or none, of %s: there is nothing to learn of them; leave them out (--without-units)", few(constant))
	}
}

// signalLines tells of signals in the report.
func signalLines(r *signal.Report, line lineFunc, each []UnitReport) {
	for _, s := range r.Streams {
		line("signal", "%s: %d channels, %.6g samples a second%s%s", s.Name, s.Channels, s.RateHz, inUnit(s.Unit), gaps(s.Gaps))
		line("", "%s", doneTo(&s, r.Bin))
	}
	line("channels", "%d: %s", len(each), few(idsOf(each)))
	if r.Scale == signal.ScaleNone {
		return
	}
	text := "a number of 1 is " + extremes(each, func(c *signal.ChannelReport) float64 { return c.Factor })
	if slices.ContainsFunc(each, func(u UnitReport) bool { return u.Signal.Offset != 0 }) {
		text += ", 0 is " + extremes(each, func(c *signal.ChannelReport) float64 { return c.Offset })
	}
	line("scale", "each channel by its %s: %s%s; outputs of run and infer are in the recording's unit", r.Scale, text, of(r.Unit))
}

// extremes are the least and the most of something of all channels.
func extremes(each []UnitReport, of func(*signal.ChannelReport) float64) string {
	least, most := of(each[0].Signal), of(each[0].Signal)
	for _, u := range each {
		least, most = min(least, of(u.Signal)), max(most, of(u.Signal))
	}
	return fmt.Sprintf("%.4g to %.4g", least, most)
}

// doneTo says in words what was done to a stream.
func doneTo(s *signal.StreamReport, bin string) string {
	how := fmt.Sprintf("the %s of the %.4g samples of each bin", bin, s.PerBin)
	if s.Frames {
		how = "a sample each bin"
	}
	return strings.Join(append(s.Steps, how), ", ")
}

func inUnit(unit string) string {
	if unit == "" {
		return ""
	}
	return ", in " + unit
}

func of(unit string) string {
	if unit == "" {
		return ""
	}
	return " " + unit
}

func gaps(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return ", 1 gap"
	}
	return fmt.Sprintf(", %d gaps", n)
}

// RunFlags are the flags of run that suit what was made.
func (r *Report) RunFlags() []string {
	if r.Signals == nil {
		return nil
	}
	switch kind := r.Signals.Kind; {
	case r.Signals.Negative:
	case kind == signal.KindCalcium && r.Signals.Zeros:
		return []string{"--preset", "calcium"}
	case kind == signal.KindEMG || r.options.Signals.Envelope != signal.EnvelopeNone:
		if r.Signals.Zeros { // a channel that is 0 throughout
			return []string{"--preset", "emg", "--set", "model.likelihood=zero_inflated_gamma"}
		}
		return []string{"--preset", "emg"}
	}
	return []string{"--set", "model.likelihood=gaussian"}
}

// otherStreams are the names of streams that are none of the signals.
func otherStreams(o *signal.Options, streams []*dataset.Stream) (names []string) {
	for _, s := range streams {
		if o == nil || !slices.Contains(o.Streams, s.Name) {
			names = append(names, s.Name)
		}
	}
	return names
}
