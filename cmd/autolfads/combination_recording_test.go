package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"

	"github.com/autolfads/autolfads/hdf5"
)

// combination is a row by names: a factor's value, idle if it has no effect.
type combination map[string]string

func (c combination) is(factor, value string) bool { return c[factor] == value }

func (c combination) number(factor string) int {
	n, err := strconv.Atoi(c[factor])
	if err != nil {
		panic(fmt.Sprintf("%s is %q", factor, c[factor]))
	}
	return n
}

// sizes are those of a recording.
type sizes struct {
	train, valid, test int // trials
	bins, forward      int
	heldIn, heldOut    int
	external, latents  int
}

func (c combination) sizes() sizes {
	s := sizes{
		train: c.number("training trials"), valid: c.number("validation trials"), test: 2,
		bins: c.number("bins"), forward: c.number("forward bins"),
		heldIn: c.number("held-in neurons"), heldOut: c.number("held-out neurons"),
		external: c.number("external inputs"), latents: 2,
	}
	if c.is("test trials", "none") {
		s.test = 0
	}
	return s
}

func (s *sizes) neurons() int { return s.heldIn + s.heldOut }
func (s *sizes) all() int     { return s.bins + s.forward }

// recorder writes the recording of a combination.
type recorder struct {
	combination
	sizes
	w      *hdf5.Writer
	chance *rand.Rand
	ids    []int64 // shuffled, to be given to the trials of each split in turn
	err    error   // the first one
}

// binWidthMs is that of all recordings, truthPerBin how their true rates become
// counts: those are spikes/s.
const (
	binWidthMs  = 20
	truthPerBin = 1000 / binWidthMs
)

// record writes the recording of a combination.
func (c combination) record(path string, s sizes) error {
	w, err := hdf5.Create(path)
	if err != nil {
		return err
	}
	defer w.Abort()
	r := &recorder{combination: c, sizes: s, w: w, chance: rand.New(rand.NewPCG(1, 2))}
	for _, id := range r.chance.Perm(s.train + s.valid + s.test) {
		r.ids = append(r.ids, int64(id))
	}
	for _, split := range []struct {
		name   string
		trials int
	}{{"train", s.train}, {"valid", s.valid}, {"test", s.test}} {
		if split.trials > 0 {
			r.split(split.name, split.trials)
		}
	}
	if c.is("bin width", "attribute") {
		r.do(w.SetAttr("/", "bin_width_ms", float64(binWidthMs)))
	}
	switch c["truth"] {
	case "train alone":
		r.do(w.SetAttr("/", "conversion_factor", float64(truthPerBin)))
	case "conversion", "with gaps", "valid alone":
		r.do(w.Write("conversion_factor", float64(truthPerBin), nil))
	}
	r.do(w.Close())
	return r.err
}

func (r *recorder) do(err error) {
	if r.err == nil {
		r.err = err
	}
}

// rate is the expected count of a neuron.
func rate(trial, bin, neuron int) float64 {
	return .3 + .25*math.Sin(float64(bin)/2+float64(neuron)+float64(trial%3))
}

// split writes the arrays of a split.
func (r *recorder) split(name string, trials int) {
	if r.is("flaw", "more neurons in validation") && name == "valid" {
		r.heldIn++
		defer func() { r.heldIn-- }()
	}
	bins, neurons := r.all(), r.neurons()
	spikes := r.make(trials, bins, neurons, r.spike(name))
	if name == "train" && !r.is("spikes", "real numbers") {
		spikes[0] = max(spikes[0], 1) // a recording without any is refused
	}
	r.hide(name, spikes, trials)
	if r.is("layout", "autolfads-tf2") {
		r.spikes(name+"_data", spikes, trials, bins, neurons)
	} else {
		r.spikes(name+"_encod_data", r.read(name, spikes, trials), trials, r.bins, r.heldIn)
		if name != "test" || r.is("test trials", "all spikes") {
			r.spikes(name+"_recon_data", r.inFileOrder(spikes), trials, bins, neurons)
		}
	}
	r.beside(name, trials)
	r.windows(name, trials)
	r.perTrial(name, trials)
}

// beside writes what goes with the spikes.
func (r *recorder) beside(split string, trials int) {
	if r.external > 0 {
		r.array(split+"_ext_input", trials, r.all(), r.external, func(trial, bin, i int) float64 {
			return math.Cos(float64(bin + i*trial))
		})
	}
	if r.has("truth", split) {
		truth := r.inFileOrder(r.make(trials, r.all(), r.neurons(), r.truth))
		r.write(split+"_truth", truth, r.ofNumbers(), []int{trials, r.all(), r.neurons()})
	}
	if r.has("latents", split) {
		r.array(split+"_lowd", trials, r.all(), r.latents, func(trial, bin, i int) float64 {
			return rate(trial, bin, i) + .1*r.chance.NormFloat64()
		})
	}
	if !r.has("behaviour", split) {
		return
	}
	bins, outputs := r.bins, 2
	if r.is("behaviour", "one, of all bins") {
		bins, outputs = r.all(), 1
	}
	if r.is("flaw", "behaviour of more trials") && split == "valid" {
		trials++
	}
	r.array(split+"_behavior", trials, bins, outputs, r.behaviour)
}

// has says whether a split has what a factor may leave out.
func (c combination) has(factor, split string) bool {
	value := c[factor]
	return value != "none" && (value != "train alone" || split == "train") && (value != "valid alone" || split == "valid")
}

// both says whether training and validation trials have it.
func (c combination) both(factor string) bool {
	return c.has(factor, "train") && c.has(factor, "valid")
}

func (r *recorder) spike(split string) func(trial, bin, neuron int) float64 {
	return func(trial, bin, neuron int) float64 {
		u, count := r.chance.Float64(), rate(trial, bin, neuron)
		switch {
		case r.is("spikes", "real numbers"):
			return count + .1*r.chance.NormFloat64() - .3
		case r.is("spikes", "positive numbers"):
			return math.Exp(count - .3 + .1*r.chance.NormFloat64())
		case r.is("spikes", "a silent neuron") && neuron > 0 && neuron == r.neurons()-1:
			return 0
		case r.is("spikes", "none in validation") && split == "valid":
			return 0
		}
		// Poisson by its distribution function.
		n, p := 0., math.Exp(-count)
		for sum := p; u > sum && n < 20; sum += p {
			n++
			p *= count / n
		}
		return n
	}
}

func (r *recorder) truth(trial, bin, neuron int) float64 {
	switch {
	case r.is("truth", "count"):
		return rate(trial, bin, neuron)
	case r.is("truth", "with gaps") && (trial+bin)%4 == 0:
		return math.NaN()
	}
	return rate(trial, bin, neuron) * truthPerBin
}

func (r *recorder) behaviour(trial, bin, output int) float64 {
	switch {
	case r.is("behaviour", "with gaps") && (trial+bin)%4 == 0:
		return math.NaN()
	case r.is("behaviour", "constant column") && output == 1:
		return 2
	}
	return 100*rate(trial, bin, output) + r.chance.NormFloat64()
}

// perTrial writes conditions and trial ids.
func (r *recorder) perTrial(split string, trials int) {
	if words := []string{"left", "right", "up"}; r.is("conditions", "words") {
		conditions := make([]string, trials)
		for i := range conditions {
			conditions[i] = words[i%len(words)]
		}
		r.do(r.w.Write(split+"_conditions", conditions, []int{trials}))
	} else if r.has("conditions", split) {
		conditions := make([]int64, trials)
		for i := range conditions {
			conditions[i] = int64(i % 3)
		}
		r.do(r.w.Write(split+"_condition", conditions, []int{trials}))
	}
	ids := r.ids[:trials]
	r.ids = r.ids[trials:]
	if r.is("flaw", "ids of fewer trials") {
		ids = ids[:trials-1]
	}
	if r.is("trial ids", "all") || r.is("trial ids", "train alone") && split == "train" {
		r.do(r.w.Write(split+"_inds", ids, []int{len(ids)}))
	}
}

// make fills an array of trials x bins x features.
func (r *recorder) make(trials, bins, features int, value func(trial, bin, feature int) float64) []float64 {
	a := make([]float64, 0, trials*bins*features)
	for trial := range trials {
		for bin := range bins {
			for feature := range features {
				a = append(a, value(trial, bin, feature))
			}
		}
	}
	return a
}

// read cuts spikes to the bins and neurons that the encoders read.
func (r *recorder) read(split string, spikes []float64, trials int) []float64 {
	return r.make(trials, r.bins, r.heldIn, func(trial, bin, neuron int) float64 {
		v := spikes[(trial*r.all()+bin)*r.neurons()+neuron]
		switch {
		case r.hidesRead(trial, bin, neuron):
			return math.NaN()
		case r.is("held-in neurons lie", "first, and differ") && v == v:
			return r.least() + float64((trial+bin+neuron)%2)
		}
		return v
	})
}

// least is the least number that spikes may be.
func (c combination) least() float64 {
	if c.is("spikes", "positive numbers") {
		return 1
	}
	return 0
}
