package evaluate

import (
	"math"
	"strings"

	"github.com/autolfads/autolfads/metric"
)

// Score is one score of a model and, beside it, of its rivals. Its numbers are
// finite.
type Score struct {
	Name      string           `json:"name"`
	Value     float64          `json:"value"`
	Unit      string           `json:"unit"`
	Interval  *metric.Interval `json:"interval,omitempty"`   // by bootstrap over validation trials; nil: not asked for, or there is none
	Outputs   []string         `json:"outputs,omitempty"`    // what they are called, if the data say it
	PerOutput []*float64       `json:"per_output,omitempty"` // for example velocity x and y; nil: has no score
	Neurons   *Neurons         `json:"neurons,omitempty"`    // of bits per spike; nil: of other scores, or of one neuron
	SD        *float64         `json:"sd,omitempty"`         // over draws of training trials, of few-shot co-smoothing; nil: of other scores
	Rivals    []Rival          `json:"rivals,omitempty"`
	Best      *float64         `json:"true_rates,omitempty"` // the same score of the true rates, or distribution
	Note      string           `json:"note,omitempty"`
}

// Rival is the same score of what a model is compared with.
type Rival struct {
	Name     string           `json:"name"`
	Value    *float64         `json:"value"` // nil: it has none, and Note says why
	Interval *metric.Interval `json:"interval,omitempty"`
	// Difference is the model's score less the rival's: the interval of the
	// differences over the same draws of trials.
	Difference *metric.Interval `json:"difference,omitempty"`
	PerOutput  []*float64       `json:"per_output,omitempty"`
	Neurons    *Neurons         `json:"neurons,omitempty"`
	SD         *float64         `json:"sd,omitempty"`
	Note       string           `json:"note,omitempty"` // what it is, or why it has no score
}

// Neurons are the scores of single neurons, which count equally here; in the
// population's they count by their spikes.
type Neurons struct {
	metric.Quartiles
	BelowMean int        `json:"below_mean"` // neurons predicted worse than by their own mean rate
	Each      []*float64 `json:"each"`       // in the order of the dataset; nil: it has no spikes
}

// Smoothing is the name of the rival that Scores makes itself.
const Smoothing = "smoothing"

// Rival returns the rival called name; nil if there is none.
func (s *Score) Rival(name string) *Rival {
	for i := range s.Rivals {
		if s.Rivals[i].Name == name {
			return &s.Rivals[i]
		}
	}
	return nil
}

// LowerIsBetter reports whether a lower score is better, by its unit: of losses, but not of
// bits and of R2.
func LowerIsBetter(unit string) bool { return unit != "R2" && !strings.HasPrefix(unit, "bits") }

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// finiteOrNil returns v, or nil if it is not finite: JSON has no word for it.
func finiteOrNil(v *float64) *float64 {
	if v == nil || !finite(*v) {
		return nil
	}
	return v
}

// known returns an interval with two ends, or nil.
func known(i metric.Interval) *metric.Interval {
	if !finite(i.Low) || !finite(i.High) {
		return nil
	}
	return &i
}
