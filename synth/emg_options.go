package synth

import (
	"fmt"
	"time"

	"github.com/autolfads/autolfads/internal/memory"
)

// EMGOptions says what [EMG] makes.
type EMGOptions struct {
	Seed     uint64
	Trials   int // at least 2: one to train on, one to validate
	Channels int // muscles
	Bins     int // per trial
	BinWidth time.Duration
	Shape    float64 // of the Gamma noise, whose standard deviation is the envelope / sqrt(Shape)
}

// DefaultEMG returns 150 trials of 1 s of 12 muscles in bins of 10 ms.
func DefaultEMG() EMGOptions {
	return EMGOptions{Trials: 150, Channels: 12, Bins: 100, BinWidth: 10 * time.Millisecond, Shape: 2}
}

// maxGaitBin is the widest bin in which the joints' equation is integrated
// well: a tenth of their time constants.
const maxGaitBin = 20 * time.Millisecond

func (o *EMGOptions) check() error {
	if err := atLeast([]count{
		{"trials", o.Trials, 2}, {"channels", o.Channels, 1}, {"bins", o.Bins, 1},
	}); err != nil {
		return err
	}
	if o.BinWidth < time.Millisecond || o.BinWidth > maxGaitBin {
		return fmt.Errorf("synth: bins of %v: need 1ms to %v", o.BinWidth, maxGaitBin)
	}
	if !(o.Shape >= 1) || o.Shape > maxShape {
		return fmt.Errorf("synth: shape of %v: need 1 (the most noise) to %v", o.Shape, maxShape)
	}
	return o.fits(memory.Available())
}

// maxShape is a bound on sense: 1 % of noise.
const maxShape = 1e4

// fits returns an error if the set will not fit in so many bytes, if their
// number is known.
func (o *EMGOptions) fits(available int64, limit string, known bool) error {
	const beside = joints*2 + strideStates
	need := 4 * float64(o.Trials) * float64(o.Bins) * (2*float64(o.Channels) + beside)
	if known && need > float64(available) {
		return fmt.Errorf("synth: %d trials x %d bins x %d channels take %.3g GiB of memory and %.3g GiB are %s: make fewer",
			o.Trials, o.Bins, o.Channels, need/(1<<30), float64(available)/(1<<30), limit)
	}
	return nil
}
