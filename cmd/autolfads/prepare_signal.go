package main

import (
	"errors"

	"github.com/autolfads/autolfads/prepare"
	"github.com/autolfads/autolfads/prepare/signal"
)

// signalFlags say which signals stand in the place of spikes, and what is made of them.
type signalFlags struct {
	Signal     []string `help:"Instead of spikes, a stream: its channels are modelled. Can be given again; autolfads info lists them." placeholder:"STREAM" group:"Signals:"`
	SignalKind string   `help:"What it is, for the steps below: emg (high-pass 65 Hz, rectified, low-pass), lfp (70..150 Hz, squared, low-pass), calcium (as it is) or raw (low-pass)." placeholder:"KIND" group:"Signals:"`
	HighPassHz *float64 `help:"Edge of a high-pass filter; 0: none." placeholder:"HZ" group:"Signals:"`
	BandHz     string   `help:"Edges of a band-pass filter, 70..150; 0: none." placeholder:"A..B" group:"Signals:"`
	Envelope   string   `help:"What is then done to each sample: rectify, square or none." placeholder:"HOW" group:"Signals:"`
	LowPassHz  *float64 `help:"Edge of a low-pass filter; 0: none. Without it, half the rate of the bins; none for calcium." placeholder:"HZ" group:"Signals:"`
	BinBy      string   `help:"What a bin is of its samples: mean or sum." placeholder:"HOW" group:"Signals:"`
	Scale      string   `help:"Divide each channel by its std, max or (95 %) quantile; outputs come in the recording's unit all the same." placeholder:"BY" group:"Signals:"`
}

func (f *signalFlags) fillSignals(o *prepare.Options) error {
	if len(f.Signal) == 0 {
		return f.alone()
	}
	o.Signals = &signal.Options{
		Streams: f.Signal, Kind: f.SignalKind, HighPassHz: f.HighPassHz, LowPassHz: f.LowPassHz,
		Envelope: f.Envelope, Bin: f.BinBy, Scale: f.Scale,
	}
	if f.BandHz == "" {
		return nil
	}
	band, err := signal.ParseBand(f.BandHz)
	o.Signals.Band = &band
	return err
}

// alone returns an error for steps of no signal.
func (f *signalFlags) alone() error {
	if f.SignalKind == "" && f.BandHz == "" && f.Envelope == "" && f.BinBy == "" && f.Scale == "" && f.HighPassHz == nil && f.LowPassHz == nil {
		return nil
	}
	return errors.New("no signal is named that filters and scales are meant for: say which stream is modelled instead of spikes (--signal emg), or leave out --signal-kind, --high-pass-hz, --band-hz, --envelope, --low-pass-hz, --bin-by and --scale")
}
