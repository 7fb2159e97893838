package prepare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// SignalReport says what was made of signals instead of spikes.
type SignalReport struct {
	Kind     string         `json:"kind"`
	Streams  []StreamReport `json:"streams"`
	Bin      string         `json:"bin"`      // mean or sum of a bin's samples
	Scale    string         `json:"scale"`    // by what each channel is divided
	Negative bool           `json:"negative"` // some numbers are: models of positive ones cannot have them
	Zeros    bool           `json:"zeros"`    // some numbers are 0, as where there are no events
	Unit     string         `json:"unit"`     // of the bins' values before they are scaled; "": not known
}

// StreamReport is what was done to one stream.
type StreamReport struct {
	Name     string   `json:"name"`
	Channels int      `json:"channels"`
	RateHz   float64  `json:"rate_hz"`
	PerBin   float64  `json:"samples_per_bin"`
	Frames   bool     `json:"frames_are_bins"` // each bin is one sample
	Gaps     int      `json:"gaps"`            // jumps of its clock
	Unit     string   `json:"unit"`
	Steps    []string `json:"steps"`
}

// ChannelReport is what became of one channel.
type ChannelReport struct {
	Mean   float64 `json:"mean"` // of its bins, before it is scaled
	SD     float64 `json:"sd"`
	Factor float64 `json:"factor"` // what a number of 1 stands for: beyond the offset
	Offset float64 `json:"offset"` // what a number of 0 stands for
	Raised int     `json:"raised"` // bins below a hundredth of the mean, raised to it
}

// report puts together what was done.
func (s *binner) report() *SignalReport {
	r := &SignalReport{Kind: s.options.Kind, Bin: s.options.Bin, Scale: s.options.Scale, Negative: s.negative, Zeros: s.zeros}
	for i, sig := range s.signals {
		stream := StreamReport{
			Name: sig.Name, Channels: sig.Features, RateHz: sig.ruler.rate, PerBin: sig.perBin, Frames: sig.isFrames(),
			Gaps: len(sig.ruler.segments) - 1, Unit: sig.Unit, Steps: []string{},
		}
		for _, step := range sig.steps {
			stream.Steps = append(stream.Steps, step.name)
		}
		r.Streams = append(r.Streams, stream)
		if i == 0 {
			r.Unit = sig.Unit
		} else if sig.Unit != r.Unit {
			r.Unit = ""
			s.note("%s is in %s and %s in %s: outputs of each are in its own unit", s.signals[0].Name, orUnknown(s.signals[0].Unit), sig.Name, orUnknown(sig.Unit))
		}
	}
	if r.Unit != "" && s.options.Envelope == envelopeSquare {
		r.Unit += "^2"
	}
	s.tell()
	return r
}

func orUnknown(unit string) string {
	if unit == "" {
		return "an unknown unit"
	}
	return unit
}

// tell notes what of the channels should be known.
func (s *binner) tell() {
	var constant []string
	raised, all := 0, 0
	for _, u := range s.units {
		raised, all = raised+u.Signal.Raised, all+len(s.starts)*s.Grid.Bins
		if !(u.Signal.SD > 0) {
			constant = append(constant, u.ID)
		}
	}
	if raised > 0 {
		s.note("%d of %d numbers lay below %g %% of their channel's mean, where low-pass filters ring about 0, and are raised to it", raised, all, 100*raisedShare)
	}
	if len(constant) > 0 {
		s.note("one value throughout, or none, of %s: there is nothing to learn of them; leave them out (--without-units)", few(constant))
	}
}

// lines tells of signals in the report.
func (r *SignalReport) lines(line func(label, format string, args ...any), each []UnitReport) {
	for _, s := range r.Streams {
		line("signal", "%s: %d channels, %.6g samples a second%s%s", s.Name, s.Channels, s.RateHz, inUnit(s.Unit), gaps(s.Gaps))
		line("", "%s", r.done(s))
	}
	line("channels", "%d: %s", len(each), few(idsOf(each)))
	if r.Scale == scaleNone {
		return
	}
	text := "a number of 1 is " + extremes(each, func(c *ChannelReport) float64 { return c.Factor })
	if slices.ContainsFunc(each, func(u UnitReport) bool { return u.Signal.Offset != 0 }) {
		text += ", 0 is " + extremes(each, func(c *ChannelReport) float64 { return c.Offset })
	}
	line("scale", "each channel by its %s: %s%s; outputs of run and infer are in the recording's unit", r.Scale, text, of(r.Unit))
}

// extremes are the least and the most of something of all channels.
func extremes(each []UnitReport, of func(*ChannelReport) float64) string {
	least, most := of(each[0].Signal), of(each[0].Signal)
	for _, u := range each {
		least, most = min(least, of(u.Signal)), max(most, of(u.Signal))
	}
	return fmt.Sprintf("%.4g to %.4g", least, most)
}

// done says in words what was done to a stream.
func (r *SignalReport) done(s StreamReport) string {
	how := fmt.Sprintf("the %s of the %.4g samples of each bin", r.Bin, s.PerBin)
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
	case kind == KindCalcium && r.Signals.Zeros:
		return []string{"--preset", "calcium"}
	case kind == KindEMG || r.options.Signals.Envelope != envelopeNone:
		return []string{"--preset", "emg"}
	}
	return []string{"--set", "model.likelihood=gaussian"}
}

// others are the names of streams that are none of the signals.
func (o *SignalOptions) others(streams []*dataset.Stream) (names []string) {
	for _, s := range streams {
		if o == nil || !slices.Contains(o.Streams, s.Name) {
			names = append(names, s.Name)
		}
	}
	return names
}
