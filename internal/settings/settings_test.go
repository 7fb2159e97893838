package settings

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

type entry struct {
	Low  float64  `yaml:"low"`
	High float64  `yaml:"high"`
	Init *float64 `yaml:"init,omitempty"`

	hidden int
}

func (e *entry) Defaults() { *e = entry{High: 6, hidden: 1} }

type sample struct {
	Train struct {
		KLICScale    float64 `yaml:"kl_ic_scale" known:"kl_ic_scale"`
		KLInputScale float64 `yaml:"kl_input_scale" known:"kl_co_scale"`
		LearningRate float64 `yaml:"learning_rate" known:"lr_init" search:"always"`
		BatchSize    int     `yaml:"batch_size" search:"always"`
		Exact        bool    `yaml:"exact"`
	} `yaml:"train"`
	Model struct {
		GeneratorDim int      `yaml:"generator_dim" known:"gen_dim"`
		Likelihood   string   `yaml:"likelihood" known:"recon"`
		Sizes        []int    `yaml:"sizes"`
		Limit        *float64 `yaml:"limit"`
	} `yaml:"model"`
	PBT struct {
		Members int              `yaml:"members" known:"num_samples"`
		Space   map[string]entry `yaml:"space"`
	} `yaml:"pbt"`
	Infer struct {
		Samples int `yaml:"samples" known:"num_samples"`
	} `yaml:"infer"`
	Seed uint64 `yaml:"seed"`
}

func newSample() *sample {
	s := new(sample)
	s.PBT.Space = map[string]entry{"train.kl_ic_scale": {Low: 1, High: 2}, "train.batch_size": {Low: 3, High: 4}}
	s.Train.BatchSize = 64
	return s
}

func TestSet(t *testing.T) {
	s := newSample()
	for key, text := range map[string]string{
		"train.kl_ic_scale": "1e-5", "train.batch_size": " 32", "train.exact": "true", "gen_dim": "1e3",
		"model.likelihood": "poisson: yes", "model.sizes": "[1, 2]", "seed": "18446744073709551615", "model.limit": "7",
		"pbt.space.train.kl_ic_scale": "{high: 9}", "pbt.space.batch_size": "null", "pbt.space.lr_init": "{low: 7, init: 8}",
	} {
		if err := Set(s, key, text); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
	if s.Train.KLICScale != 1e-5 || s.Train.BatchSize != 32 || !s.Train.Exact || s.Model.GeneratorDim != 1000 ||
		s.Model.Likelihood != "poisson: yes" || !slices.Equal(s.Model.Sizes, []int{1, 2}) || s.Seed != math.MaxUint64 || *s.Model.Limit != 7 {
		t.Errorf("got %+v", s)
	}
	if e := s.PBT.Space["train.kl_ic_scale"]; e.Low != 1 || e.High != 9 {
		t.Errorf("a changed entry: %+v", e)
	}
	if e := s.PBT.Space["train.learning_rate"]; len(s.PBT.Space) != 2 || e.Low != 7 || *e.Init != 8 || e.High != 6 {
		t.Errorf("a new entry has its defaults: %+v", s.PBT.Space)
	}
	for key, text := range map[string]string{"pbt.space.train.learning_rate.high": "10", "model.limit": "null"} {
		if err := Set(s, key, text); err != nil {
			t.Error(err)
		}
	}
	if e := s.PBT.Space["train.learning_rate"]; e.High != 10 || e.Low != 7 || s.Model.Limit != nil {
		t.Errorf("a field of an entry: %+v", e)
	}
}

func TestSetErrors(t *testing.T) {
	for _, c := range []struct{ key, text, want string }{
		{"train.kl_ic_scal", "1", `did you mean "train.kl_ic_scale"?`},
		{"model.likelyhood", "1", `did you mean "model.likelihood"?`},
		{"train", "1", "a group of settings: give one of them, for example train.kl_ic_scale"},
		{"train.batch_size.x", "1", `there is no setting "train.batch_size.x": train.batch_size is a single one`},
		{"", "1", "there is no setting"},
		{".", "1", "there is no setting"},
		{"num_samples", "1", "num_samples may be pbt.members or infer.samples: give one of these"},
		{"train.num_samples", "1", "may be pbt.members or infer.samples"},
		{"train.batch_size", "1.5", `train.batch_size is 1.5: want a whole number, for example 10`},
		{"train.batch_size", "99999999999999999999", "want a whole number"},
		{"train.batch_size", "", "train.batch_size is empty"},
		{"train.kl_ic_scale", "small", `is "small": want a number, for example 0.5`},
		{"train.kl_ic_scale", "0,01", "with a decimal point and no comma"},
		{"train.exact", "2", "want true or false"},
		{"seed", "-1", "seed is -1: want a whole number"},
		{"model.sizes", "[1, x]", "model.sizes"},
		{"pbt.space", "3", "pbt.space is 3: want a group of settings"},
		{"pbt.space.batch_size", "{hihg: 1}", `pbt.space.train.batch_size has no "hihg": it has low, high, init`},
		{"pbt.space.batch_size", "7", "is 7: want its settings in braces, of low, high, init"},
		{"pbt.space.batch_size.hihg", "1", "there is no setting"},
		{"pbt.space.gen_dm", "{low: 1}", `pbt.space: there is no setting "gen_dm"; did you mean "model.generator_dim"?`},
	} {
		if err := Set(newSample(), c.key, c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s=%s: got %v, want %q", c.key, c.text, err, c.want)
		}
	}
}

// The names of other programs, and parts of a key, are understood wherever they
// mean one setting.
func TestKey(t *testing.T) {
	for name, want := range map[string]string{
		"train.batch_size": "train.batch_size", "batch_size": "train.batch_size", "gen_dim": "model.generator_dim",
		"model.gen_dim": "model.generator_dim", "train.gen_dim": "model.generator_dim", "generator_dim": "model.generator_dim",
		"model.lr_init": "train.learning_rate", "TRAIN.LR.INIT": "train.learning_rate", "MODEL.GEN_DIM": "model.generator_dim",
		"lr-init": "train.learning_rate", "datamodule.batch_size": "train.batch_size", "trainer.callbacks.lr_init": "train.learning_rate",
		"pbt.num_samples": "pbt.members", "infer.num_samples": "infer.samples", "samples": "infer.samples",
		"pbt.space.kl_co_scale": "pbt.space.train.kl_input_scale", "pbt.space.kl_co_scale.low": "pbt.space.train.kl_input_scale.low",
	} {
		if got, err := Key(newSample(), name); err != nil || got != want {
			t.Errorf("%s is %s (%v), want %s", name, got, err, want)
		}
	}
	for _, name := range []string{"foo.batch_size", "dim", "init", "scale", "train.", "pbt.space.low", "model"} {
		if got, err := Key(newSample(), name); err == nil {
			t.Errorf("%s is %s", name, got)
		}
	}
}

func TestFloats(t *testing.T) {
	s := newSample()
	for key, v := range map[string]float64{"train.kl_ic_scale": 1e-5 / 3, "train.batch_size": 16} {
		if err := SetFloat(s, key, v); err != nil {
			t.Error(err)
		}
		if got, err := Float(s, key); err != nil || got != v {
			t.Errorf("%s = %v, %v; want %v", key, got, err, v)
		}
	}
	for key, want := range map[string]string{
		"train.batch_size": "whole number", "model.likelihood": "not a number", "train.x": "no setting", "train": "group",
	} {
		if err := SetFloat(s, key, 1.5); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", key, err, want)
		}
	}
}

func TestList(t *testing.T) {
	want := []string{
		"train.kl_ic_scale", "train.kl_input_scale", "train.learning_rate", "train.batch_size", "train.exact", "model.generator_dim",
		"model.likelihood", "model.sizes", "model.limit", "pbt.members", "pbt.space", "infer.samples", "seed",
	}
	var got []string
	for _, s := range List(&sample{}) {
		got = append(got, s.Key)
		switch s.Key {
		case "train.batch_size":
			if !s.Whole || s.Search != "always" || len(s.Known) > 0 {
				t.Errorf("got %+v", s)
			}
		case "train.kl_input_scale":
			if s.Whole || s.Search != "" || !slices.Equal(s.Known, []string{"kl_co_scale"}) {
				t.Errorf("got %+v", s)
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// What Encode writes, Decode reads back to the last bit.
func TestRoundTrip(t *testing.T) {
	s := newSample()
	v := 1e-5 / 3
	s.Train.KLICScale, s.Train.BatchSize, s.Seed = 1./3*1e-300, -1<<40, math.MaxUint64
	s.Model.Likelihood, s.Model.Sizes = "1e-5", []int{3, 4}
	s.PBT.Space["train.learning_rate"] = entry{Init: &v}
	data, err := Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	got := newSample()
	if _, err := Decode(data, got); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if e := got.PBT.Space["train.learning_rate"]; e.hidden != 1 || *e.Init != v {
		t.Errorf("got %+v", e)
	}
	s.PBT.Space, got.PBT.Space = nil, nil
	if !reflect.DeepEqual(got, s) {
		t.Errorf("got %+v, want %+v\n%s", got, s, data)
	}
}

// A whole number is one of base ten, with zeros before it and parted as people
// part thousands.
func TestWholeNumbersAreDecimal(t *testing.T) {
	for text, want := range map[string]int{"010": 10, "1_000": 1000, "-7": -7, "0": 0} {
		var s sample
		if err := Set(&s, "train.batch_size", text); err != nil || s.Train.BatchSize != want {
			t.Errorf("%s is %d, error %v", text, s.Train.BatchSize, err)
		}
	}
}
