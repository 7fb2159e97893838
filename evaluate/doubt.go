package evaluate

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// doubt looks whether the true rates can be those of the spikes, or of other data.
func (e *evaluation) doubt() error {
	if e.Likelihood.Counts() {
		e.report.TruthDoubt = Doubt(e.d)
	} else {
		e.report.TruthDoubt = DoubtMeans(e.d)
	}
	return nil
}

// Doubt returns a sentence if the true rates of a dataset of counts cannot be
// the rates of its spikes, "" if they can or are not known. What is said of a
// model by them, such as identity overfitting, would be wrong.
func Doubt(d *dataset.Dataset) string {
	var c comparison
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		if s != nil && s.Truth != nil && s.Recon != nil { // a file of spikes alone may lack any
			c.add(s.Truth, s.Recon)
		}
	}
	return c.doubt(d.TruthDivisor, d.BinWidth)
}

// comparison is what true rates and spikes have to do with each other.
type comparison struct {
	elements   int     // compared
	impossible int     // rates that are no rates: NaN, infinite or negative
	never      int     // of a rate of zero, with spikes
	rates      float64 // sum of those that are rates, in counts
	spikes     float64 // in the same bins
}

func (c *comparison) add(truth, spikes *dataset.Array) {
	for i, r := range truth.Data {
		rate, count := float64(r), float64(spikes.Data[i])
		switch {
		case count != count:
			continue // not recorded
		case !finite(rate) || rate < 0:
			c.impossible++
		case rate == 0 && count > 0:
			c.never++
		}
		c.elements++
		if finite(rate) && rate >= 0 {
			c.rates += rate
			c.spikes += count
		}
	}
}

// Counts of known rates are Poisson, so the sum of all has the variance of its
// mean. Six standard deviations happen once in 5e8 recordings; the share is
// for rates that were sampled or rounded otherwise than the spikes' bins.
const (
	chance = 6
	share  = .02
)

// far reports whether spikes are further from what rates expect than chance.
func far(rates, spikes float64) bool {
	return math.Abs(spikes-rates) > chance*math.Sqrt(rates)+share*rates
}

// doubt returns what is wrong with the true rates. divisor is what the file's
// own numbers were divided by; 0: there was no file.
func (c *comparison) doubt(divisor float64, width time.Duration) string {
	switch {
	case far(c.rates, c.spikes):
		return doubtful(c.apart(), c.mend(divisor, width))
	case c.impossible > 0:
		return doubtful(fmt.Sprintf("%d of %d are negative, infinite or not a number", c.impossible, c.elements), "mend them in the file")
	case c.never > 0:
		return doubtful(fmt.Sprintf("they are zero in %s with spikes", count(c.never, "bin")), "mend them in the file")
	}
	return ""
}

// doubtful says why, and what to do.
func doubtful(why, do string) string {
	return "The true rates cannot be those of these spikes: " + why + "; " + do + ". Identity overfitting is not judged by them."
}

// apart says how far the means are apart.
func (c *comparison) apart() string {
	n := float64(c.elements)
	text := fmt.Sprintf("their mean is %.4g per bin, that of the spikes %.4g", c.rates/n, c.spikes/n)
	if ratio := c.rates / c.spikes; finite(ratio) && (ratio > 1.5 || ratio < 1/1.5) {
		text = fmt.Sprintf("they are about %s times the spikes' mean (%s)", twoDigits(ratio), text)
	}
	return text
}

func twoDigits(v float64) string {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 2, 64), 64) // its own output
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// mend names the unit that would make rates and spikes agree, if one does.
func (c *comparison) mend(divisor float64, width time.Duration) string {
	file := c.rates * divisor // the sum of the file's own numbers
	switch hz := file * width.Seconds(); {
	case file > 0 && !far(file, c.spikes):
		return "the file's numbers fit as spikes per bin: give --truth-unit count"
	case hz > 0 && !far(hz, c.spikes):
		return "the file's numbers fit as Hz: give --truth-unit hz"
	}
	return unitAsked
}

const unitAsked = "their unit may be another (--truth-unit hz or count), or the counts scaled, or of other trials"

// doubtOfBits is the doubt of true rates that lose against a model which
// predicts nothing.
func doubtOfBits(bits, model, oracle float64) string {
	return doubtful(fmt.Sprintf("their negative log likelihood %.5f is above the %.5f of a model that predicts spikes worse than mean rates do (%.3f bits per spike)",
		oracle, model, bits), unitAsked)
}
