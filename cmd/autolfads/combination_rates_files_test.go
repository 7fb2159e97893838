package main

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/hdf5"
)

// ratesOf makes a file of rates, and those that it is made of. It is refused if a
// command refuses it.
func (j *ratesJudge) ratesOf(kind string) (path, refusal string, err error) {
	if path := j.files[kind]; path != "" {
		return path, "", nil
	}
	path = filepath.Join(j.dir, strings.NewReplacer(" ", "_", "'", "").Replace(kind)+".h5")
	switch kind {
	case "the run":
		path = j.out
		refusal, err = j.tell(slices.Concat([]string{"run", j.data, "--out", j.out, "--search", "fixed", "--threads", "1"}, j.openFlags(), j.tinyModel())...)
	case "its output":
		path = filepath.Join(j.out, "outputs", "tiny.h5")
		_, refusal, err = j.ratesOf("the run")
	case "inferred":
		if _, refusal, err = j.ratesOf("the run"); err == nil && refusal == "" {
			refusal, err = j.tell("infer", j.out, j.data, "--out", path, "--threads", "1")
		}
	case "an ensemble":
		if _, refusal, err = j.ratesOf("the run"); err == nil && refusal == "" {
			refusal, err = j.ensemble(path)
		}
	case "smooth", "gpfa", "psth":
		refusal, err = j.tell(append([]string{"baseline", kind, j.data, "--out", path, "--threads", "1"}, j.openFlags()...)...)
	default:
		refusal, err = j.copied(kind, path)
	}
	j.files[kind] = path
	return path, refusal, err
}

// ensemble infers with the run's model and a copy of it, whose mean has its rates.
func (j *ratesJudge) ensemble(path string) (refusal string, err error) {
	again, err := copyOfBest(j.out)
	if err != nil {
		return "", err
	}
	return j.tell("infer", j.out, j.data, "--out", path, "--threads", "1", "--ensemble", again)
}

// tell runs a command that ends well, or is refused.
func (j *ratesJudge) tell(args ...string) (refusal string, err error) {
	got := execute(j.t, command(args...))
	if got.code == exitError {
		if refusal, err = refusedBy(got); err != nil {
			err = fmt.Errorf("%w\nby autolfads %s", err, quoted(args))
		}
		return refusal, err
	}
	return "", got.fault(args)
}

// tinyModel are the settings of a model that trains in no time.
func (j *ratesJudge) tinyModel() (args []string) {
	for _, s := range []string{
		"model.generator_dim=5", "model.factors=3", "model.initial_condition_dim=3", "model.ic_encoder_dim=4", "model.ci_encoder_dim=4",
		"model.controller_dim=4", "model.inferred_inputs=1", "train.max_epochs=2", "infer.samples=2",
	} {
		args = append(args, "--set", s)
	}
	switch l := j.combination["model.likelihood"]; {
	case j.is("made of", ofMuscles):
		args = append(args, "--set", "model.likelihood=gamma")
	case l != idle:
		args = append(args, "--set", "model.likelihood="+l)
	}
	return args
}

// copied has the run's rates in another program's layout.
func (j *ratesJudge) copied(kind, path string) (refusal string, err error) {
	from, refusal, err := j.ratesOf("its output")
	if err != nil || refusal != "" {
		return refusal, err
	}
	a, err := readTensors(from)
	if err != nil {
		return "", err
	}
	w, err := hdf5.Create(path)
	if err != nil {
		return "", err
	}
	defer w.Abort()
	c := &copier{j, a, w, nil}
	switch kind {
	case "lfads-torch's":
		c.posteriors("train", "valid", "test")
	case "valid alone":
		c.posteriors("valid")
	default:
		c.submission()
	}
	return "", errors.Join(c.err, w.Close())
}

// copier writes rates anew.
type copier struct {
	*ratesJudge
	a   *tensors
	w   *hdf5.Writer
	err error
}

func (c *copier) write(key string, values any, shape ...int) {
	if err := c.w.Write(key, values, shape); c.err == nil {
		c.err = err
	}
}

// posteriors writes splits as lfads-torch does. Where trials are known by their index,
// they stand in another order.
func (c *copier) posteriors(splits ...string) {
	for _, split := range splits {
		shape := c.a.shape[split+"_output_params"]
		if shape == nil {
			continue
		}
		order := make([]int, shape[0])
		for i := range order {
			order[i] = i
		}
		if c.is("trial ids", "all") {
			rand.New(rand.NewPCG(3, uint64(len(order)))).Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
			c.write(split+"_inds", as[int64](picked(c.a.values[split+"_inds"], order)), len(order))
		}
		for _, what := range []string{"_output_params", "_factors"} {
			key := split + what
			c.write(key, as[float32](picked(c.a.values[key], order)), c.a.shape[key]...)
			if unit := c.a.words[key]; c.is("made of", ofMuscles) && c.err == nil {
				c.err = c.w.SetAttr(key, "unit", unit[0])
			}
		}
	}
}

// picked are trials in an order.
func picked(values []float64, order []int) (all []float64) {
	size := len(values) / len(order)
	for _, i := range order {
		all = append(all, values[i*size:][:size]...)
	}
	return all
}

// submission writes rates as the Neural Latents Benchmark takes them: where the order of
// the recording is known, of trials that train and validate together.
func (c *copier) submission() {
	train, valid, test := c.rows("train"), c.rows("valid"), c.rows("test")
	if c.is("trial ids", "all") || c.is("made of", benchmark) {
		train = append(train, valid...)
		slices.SortFunc(train, func(a, b row) int { return cmp.Compare(a.id, b.id) })
		valid = test
	}
	c.tensors("train", train)
	c.tensors("eval", valid)
}

// row is a trial's rates, bins x neurons, in the file's order.
type row struct {
	id    float64
	rates []float64
}

func (c *copier) rows(split string) []row {
	ids := c.a.values[split+"_inds"]
	all := make([]row, len(ids))
	for i, id := range ids {
		size := len(c.a.values[split+"_output_params"]) / len(ids)
		all[i] = row{id, c.a.values[split+"_output_params"][i*size:][:size]}
	}
	return all
}

// tensors writes rates of some trials in up to four parts.
func (c *copier) tensors(word string, rows []row) {
	if len(rows) == 0 {
		return
	}
	shape := c.a.shape["train_output_params"]
	bins, heldIn := c.read()
	for _, part := range []struct {
		name                         string
		bin, toBin, neuron, toNeuron int
	}{
		{"_rates_heldin", 0, bins, 0, heldIn},
		{"_rates_heldout", 0, bins, heldIn, shape[2]},
		{"_rates_heldin_forward", bins, shape[1], 0, heldIn},
		{"_rates_heldout_forward", bins, shape[1], heldIn, shape[2]},
	} {
		var values []float64
		for _, r := range rows {
			for b := part.bin; b < part.toBin; b++ {
				for n := part.neuron; n < part.toNeuron; n++ {
					values = append(values, r.rates[b*shape[2]+c.place(n, heldIn, shape[2])])
				}
			}
		}
		if len(values) > 0 {
			c.write(word+part.name, as[float32](values), len(rows), part.toBin-part.bin, part.toNeuron-part.neuron)
		}
	}
}

// place is where a file of rates has a neuron: those held out stand in its own order.
func (c *copier) place(neuron, heldIn, of int) int {
	switch {
	case !c.is("held-in neurons lie", "in reverse"):
		return neuron
	case neuron < heldIn:
		return of - 1 - neuron
	}
	return neuron - heldIn
}
