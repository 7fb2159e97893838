package signal

// Report says what was made of signals instead of spikes.
type Report struct {
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
func (s *binner) report() *Report {
	r := &Report{Kind: s.options.Kind, Bin: s.options.Bin, Scale: s.options.Scale, Negative: s.negative, Zeros: s.zeros}
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
		}
	}
	if r.Unit != "" && s.options.Envelope == EnvelopeSquare {
		r.Unit += "^2"
	}
	return r
}
