package signal

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Options say what is made of sampled signals, which then stand in the place of
// spikes: each step as given, or as the kind of signal has it.
type Options struct {
	Streams []string `json:"streams"` // their channels, side by side
	Kind    string   `json:"kind"`    // emg, calcium, lfp or raw; "": raw

	// Steps, in this order. Nil and "" are as the kind has them.
	HighPassHz *float64 `json:"high_pass_hz"` // edge; 0: none
	Band       *Band    `json:"band_hz"`      // edges; both 0: none
	Envelope   string   `json:"envelope"`     // rectify, square or none
	LowPassHz  *float64 `json:"low_pass_hz"`  // edge; 0: none
	Bin        string   `json:"bin"`          // of a bin's samples: mean or sum
	Scale      string   `json:"scale"`        // each channel by its std, max or quantile; "": none
}

// Band is the edges of what is kept, in Hz.
type Band struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
}

// ParseBand reads edges as a command line has them: "70..150"; "0" is none.
func ParseBand(text string) (Band, error) {
	if strings.TrimSpace(text) == "0" {
		return Band{}, nil
	}
	from, to, _ := strings.Cut(text, "..")
	a, errA := strconv.ParseFloat(strings.TrimSpace(from), 64)
	b, errB := strconv.ParseFloat(strings.TrimSpace(to), 64)
	if errA != nil || errB != nil || !(a > 0 && a < b) || math.IsInf(b, 0) {
		return Band{}, fmt.Errorf("the band is %q: it must be two frequencies in Hz, the lower first, such as --band-hz 70..150", text)
	}
	return Band{a, b}, nil
}

// Words of the options.
const (
	KindEMG, KindCalcium, KindLFP, KindRaw        = "emg", "calcium", "lfp", "raw"
	EnvelopeNone, EnvelopeRectify, EnvelopeSquare = "none", "rectify", "square"
	BinMean, BinSum                               = "mean", "sum"
	ScaleNone, ScaleStd, ScaleMax, ScaleQuantile  = "none", "std", "max", "quantile"
)

// Defaults of the field, in Hz.
const (
	emgHighPassHz      = 65        // takes away what movement of the electrodes adds
	gammaFrom, gammaTo = 70., 150. // high gamma, whose power follows spikes nearby
)

// Resolved returns the options with what they leave open as their kind has it, for bins
// of a width. What is faster than half the rate of bins is left out of muscles' and
// fields' envelopes and of raw signals; events and fluorescence are taken as they are.
func (o *Options) Resolved(binMs float64) *Options {
	r := *o
	r.Kind, r.Bin, r.Scale = cmp.Or(r.Kind, KindRaw), cmp.Or(r.Bin, BinMean), cmp.Or(r.Scale, ScaleNone)
	high, low, band, envelope := 0., 500/binMs, Band{}, EnvelopeNone
	switch r.Kind {
	case KindEMG:
		high, envelope = emgHighPassHz, EnvelopeRectify
	case KindLFP:
		band, envelope = Band{gammaFrom, gammaTo}, EnvelopeSquare
	case KindCalcium:
		low = 0
	}
	if r.HighPassHz == nil {
		r.HighPassHz = &high
	}
	if r.LowPassHz == nil {
		r.LowPassHz = &low
	}
	if r.Band == nil {
		r.Band = &band
	}
	r.Envelope = cmp.Or(r.Envelope, envelope)
	return &r
}

// Check returns an error for options that cannot be meant.
func (o *Options) Check() error {
	if len(o.Streams) == 0 {
		return fmt.Errorf("no signal is named: say which stream is meant (--signal emg); `autolfads info` lists them")
	}
	for i, name := range o.Streams {
		if slices.Contains(o.Streams[:i], name) {
			return fmt.Errorf("the signal %s is named twice (--signal)", name)
		}
	}
	for _, w := range []struct {
		flag, word string
		known      []string
	}{
		{"--signal-kind", o.Kind, []string{"", KindEMG, KindCalcium, KindLFP, KindRaw}},
		{"--envelope", o.Envelope, []string{"", EnvelopeNone, EnvelopeRectify, EnvelopeSquare}},
		{"--bin-by", o.Bin, []string{"", BinMean, BinSum}},
		{"--scale", o.Scale, []string{"", ScaleNone, ScaleStd, ScaleMax, ScaleQuantile}},
	} {
		if !slices.Contains(w.known, w.word) {
			return fmt.Errorf("%s is %q: it must be one of %s", w.flag, w.word, strings.Join(w.known[1:], ", "))
		}
	}
	return o.checkEdges()
}

func (o *Options) checkEdges() error {
	for flag, hz := range map[string]*float64{"--high-pass-hz": o.HighPassHz, "--low-pass-hz": o.LowPassHz} {
		if hz != nil && (!(*hz >= 0) || *hz-*hz != 0) {
			return fmt.Errorf("%s is %g: it must be a frequency in Hz, or 0 for none", flag, *hz)
		}
	}
	if b := o.Band; b != nil && *b != (Band{}) && !(b.From > 0 && b.From < b.To) {
		return fmt.Errorf("the band is %g to %g Hz: it must be two frequencies, the lower first (--band-hz)", b.From, b.To)
	}
	return nil
}
