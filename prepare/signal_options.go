package prepare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// SignalOptions say what is made of sampled signals, which then stand in the place of
// spikes: each step as given, or as the kind of signal has it.
type SignalOptions struct {
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
	w, err := ParseWindow(text)
	if err != nil || !(w.From > 0) {
		return Band{}, fmt.Errorf("the band is %q: it must be two frequencies in Hz, the lower first, such as --band-hz 70..150", text)
	}
	return Band(w), nil
}

// Words of the options.
const (
	KindEMG, KindCalcium, KindLFP, KindRaw        = "emg", "calcium", "lfp", "raw"
	envelopeNone, envelopeRectify, envelopeSquare = "none", "rectify", "square"
	binMean, binSum                               = "mean", "sum"
	scaleNone, scaleStd, scaleMax, scaleQuantile  = "none", "std", "max", "quantile"
)

// Defaults of the field, in Hz.
const (
	emgHighPassHz      = 65        // takes away what movement of the electrodes adds
	gammaFrom, gammaTo = 70., 150. // high gamma, whose power follows spikes nearby
)

// resolved returns the options with what they leave open as their kind has it, for bins
// of a width. What is faster than half the rate of bins is left out of muscles' and
// fields' envelopes and of raw signals; events and fluorescence are taken as they are.
func (o *SignalOptions) resolved(binMs float64) *SignalOptions {
	r := *o
	r.Kind, r.Bin, r.Scale = cmp.Or(r.Kind, KindRaw), cmp.Or(r.Bin, binMean), cmp.Or(r.Scale, scaleNone)
	high, low, band, envelope := 0., 500/binMs, Band{}, envelopeNone
	switch r.Kind {
	case KindEMG:
		high, envelope = emgHighPassHz, envelopeRectify
	case KindLFP:
		band, envelope = Band{gammaFrom, gammaTo}, envelopeSquare
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

// check returns an error for options that cannot be meant.
func (o *SignalOptions) check() error {
	if o == nil {
		return nil
	}
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
		{"--envelope", o.Envelope, []string{"", envelopeNone, envelopeRectify, envelopeSquare}},
		{"--bin-by", o.Bin, []string{"", binMean, binSum}},
		{"--scale", o.Scale, []string{"", scaleNone, scaleStd, scaleMax, scaleQuantile}},
	} {
		if !slices.Contains(w.known, w.word) {
			return fmt.Errorf("%s is %q: it must be one of %s", w.flag, w.word, strings.Join(w.known[1:], ", "))
		}
	}
	return o.checkEdges()
}

// checkSignals returns an error for options of spikes beside signals.
func (o *Options) checkSignals() error {
	switch {
	case o.Signals == nil:
		return nil
	case o.Units.MinRateHz != 0:
		return fmt.Errorf("signals have no rate of spikes: leave out --min-rate-hz, or --signal")
	case o.Units.DropCorrelated != 0:
		return fmt.Errorf("signals have no spikes that coincide: leave out --drop-correlated, or --signal; --without-units leaves channels out")
	}
	return nil
}

func (o *SignalOptions) checkEdges() error {
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
