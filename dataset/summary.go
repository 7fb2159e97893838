package dataset

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// Summary is what there is to know about a Dataset at a glance.
type Summary struct {
	Name        string         `json:"name"`
	Splits      []SplitSummary `json:"splits"`
	Bins        int            `json:"bins"`                      // read
	ForwardBins int            `json:"forward_bins"`              // reconstructed but not read
	HeldIn      int            `json:"held_in"`                   // neurons read
	HeldOut     int            `json:"held_out"`                  // neurons reconstructed but not read
	SetAside    []string       `json:"set_aside,omitempty"`       // neurons that no model sees
	BinWidth    time.Duration  `json:"-"`                         // 0: not known
	Counts      bool           `json:"counts"`                    // all are whole numbers from 0 on, as counts of spikes are
	MeanCount   float64        `json:"mean_count"`                // spikes per bin and neuron, or mean, without missing bins
	SD          float64        `json:"-"`                         // standard deviation about MeanCount
	MeanRateHz  float64        `json:"-"`                         // NaN if the bin width is not known, or the data are no counts
	ZeroShare   float64        `json:"zero_share"`                // share of observed bins without a spike; 0 if none was observed
	Missing     int            `json:"missing"`                   // values that are NaN: not observed
	NotObserved *Missing       `json:"not_observed"`              // which these are; nil: none
	Optional    []string       `json:"optional"`                  // arrays that go with the spikes, with their number of features
	Outputs     []Quantity     `json:"behavior,omitempty"`        // its dimensions, if the file names them
	Inputs      []Quantity     `json:"external_inputs,omitempty"` // likewise
	Scale       *ScaleSummary  `json:"scale,omitempty"`           // of the numbers; nil: themselves
	Truth       string         `json:"truth"`                     // unit of the true rates, or why there are none
	// Of the validation trials under the distribution that they were drawn from,
	// nats per element, and for which likelihood; "": the file does not say.
	Oracle           float64  `json:"oracle_nll,omitempty"`
	OracleLikelihood string   `json:"oracle_likelihood,omitempty"`
	Continuous       string   `json:"continuous,omitempty"` // which recording trials are windows of; "": of none
	Unread           []string `json:"unread"`               // keys of the file that were not read
	Glance           string   `json:"glance,omitempty"`     // what the figures are of; "": all of the file
}

// SplitSummary is the size of one split.
type SplitSummary struct {
	Name   string `json:"name"`
	Trials int    `json:"trials"`
}

// Summary describes d. Rates are of all neurons, held out ones too, over all
// splits.
func (d *Dataset) Summary() Summary {
	s := Summary{
		Name: d.Name, BinWidth: d.BinWidth, Unread: d.Unread,
		Bins: d.Train.Encod.Bins, ForwardBins: d.Train.Recon.Bins - d.Train.Encod.Bins,
		HeldIn: d.Train.Encod.Features, HeldOut: d.Train.Recon.Features - d.Train.Encod.Features,
		SetAside: d.SetAside,
		Optional: d.Train.optional(), Outputs: d.Outputs, Inputs: d.Inputs, Scale: d.Scale.summary(), Truth: d.truth(), NotObserved: d.Missing(),
		Oracle: d.Oracle, OracleLikelihood: d.OracleLikelihood, Continuous: d.continuous(), Glance: d.Glance(),
	}
	seen := tally{counts: true}
	for _, split := range d.splits() {
		s.Splits = append(s.Splits, SplitSummary{split.name, d.trialsOf(split)})
		seen.add(split.counts().Data)
	}
	if d.whole != nil {
		seen = d.whole.tally
	}
	values := float64(seen.values)
	s.Missing, s.Counts = seen.missing, seen.counts
	s.MeanCount, s.ZeroShare = seen.sum/values, float64(seen.zeros)/max(values, 1)
	s.SD = math.Sqrt(max(0, seen.squares/values-s.MeanCount*s.MeanCount))
	s.MeanRateHz = math.NaN()
	if !s.Counts {
		return s.NotCounts()
	}
	if d.BinWidth > 0 {
		s.MeanRateHz = s.MeanCount / d.BinWidth.Seconds()
	}
	return s
}

// trialsOf returns how many trials a split has, of those not held too.
func (d *Dataset) trialsOf(s namedSplit) int {
	if d.whole != nil {
		return d.whole.trials[s.name]
	}
	return s.Trials()
}

// NotCounts returns s for data that are no counts of spikes, whatever the numbers.
func (s Summary) NotCounts() Summary {
	s.Counts, s.MeanRateHz = false, math.NaN()
	if s.Truth == truthOfCounts {
		s.Truth = "expected data, in their unit"
	}
	return s
}

const truthOfCounts = "counts per bin"

func (d *Dataset) truth() string {
	switch {
	case d.Train.Truth != nil:
		return truthOfCounts
	case d.TruthUnknown != "":
		return d.TruthUnknown
	}
	return "none"
}

// optional names the arrays that go with the spikes.
func (s *Split) optional() []string {
	var names []string
	for _, p := range []struct {
		name string
		a    *Array
	}{
		{"external inputs", s.External},
		{"true rates", s.Truth},
		{"true latent states", s.Latents},
		{"behaviour", s.Behavior},
	} {
		if p.a != nil {
			names = append(names, fmt.Sprintf("%s (%d)", p.name, p.a.Features))
		}
	}
	if s.DecodeMask != nil {
		names = append(names, fmt.Sprintf("decode masks (%d)", s.DecodeMask.Features))
	}
	if s.Condition != nil {
		names = append(names, fmt.Sprintf("conditions (%d)", distinct(s.Condition)))
	}
	if s.TrialIDs != nil {
		names = append(names, "trial ids")
	}
	return names
}

func quantityNames(all []Quantity) []string {
	names := make([]string, len(all))
	for i, q := range all {
		names[i] = q.String()
	}
	return names
}

func distinct(v []int64) int {
	set := map[int64]bool{}
	for _, x := range v {
		set[x] = true
	}
	return len(set)
}

// String lays the summary out in lines for a terminal.
func (s Summary) String() string {
	var b strings.Builder
	line := func(label, format string, args ...any) {
		fmt.Fprintf(&b, "%-12s %s\n", label, fmt.Sprintf(format, args...))
	}
	line("data set", "%s", s.Name)
	var trials []string
	for _, split := range s.Splits {
		trials = append(trials, fmt.Sprintf("%d %s", split.Trials, split.Name))
	}
	line("trials", "%s", strings.Join(trials, ", "))
	line("bins", "%d%s%s", s.Bins, plus(s.ForwardBins, "forward"), s.width())
	line("neurons", "%d held in%s", s.HeldIn, plus(s.HeldOut, "held out")+asideLine(s.SetAside))
	s.size(line)
	if s.NotObserved != nil {
		for i, text := range s.NotObserved.Lines() {
			line([]string{"missing", ""}[min(i, 1)], "%s", text)
		}
	}
	if s.Scale != nil {
		line("scale", "%v", s.Scale)
	}
	line("also", "%s", orNone(s.Optional))
	if len(s.Outputs) > 0 {
		line("behaviour", "%s", someNames(quantityNames(s.Outputs)))
	}
	if len(s.Inputs) > 0 {
		line("inputs", "%s", someNames(quantityNames(s.Inputs)))
	}
	line("truth", "%s", s.Truth)
	if s.OracleLikelihood != "" {
		line("oracle", "%.5f nats per element: the negative log likelihood (%s) of the distribution that validation trials were drawn from", s.Oracle, s.OracleLikelihood)
	}
	if s.Continuous != "" {
		line("continuous", "%s", s.Continuous)
	}
	if len(s.Unread) > 0 {
		line("not read", "%s", someNames(s.Unread))
	}
	if s.Glance != "" {
		line("note", "%s", s.Glance)
	}
	return b.String()
}

// size says how large the data are: rates of what are counts.
func (s Summary) size(line func(label, format string, args ...any)) {
	switch {
	case !s.Counts:
		line("mean", "%.4g, standard deviation %.4g", s.MeanCount, s.SD)
		line("zeros", "%.1f %%", 100*s.ZeroShare)
		return
	case math.IsNaN(s.MeanRateHz):
		line("mean rate", "%.4g spikes per bin", s.MeanCount)
	default:
		line("mean rate", "%.4g Hz, %.4g spikes per bin", s.MeanRateHz, s.MeanCount)
	}
	line("empty bins", "%.1f %%", 100*s.ZeroShare)
}

func (s Summary) width() string {
	if s.BinWidth == 0 {
		return " of unknown width"
	}
	return fmt.Sprintf(" of %v", s.BinWidth)
}

func plus(n int, what string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" + %d %s", n, what)
}

// someNames lists as many names as a line has room for.
func someNames(names []string) string {
	const most = 12
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s, ... (%d in all)", strings.Join(names[:most], ", "), len(names))
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}
