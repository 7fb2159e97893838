package settings

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

type entry struct {
	Low  float64  `yaml:"low"`
	High float64  `yaml:"high"`
	Init *float64 `yaml:"init,omitempty"`
}

type sample struct {
	Train struct {
		KLICScale    float64       `yaml:"kl_ic_scale"`
		KLInputScale float64       `yaml:"kl_input_scale"`
		BatchSize    int           `yaml:"batch_size"`
		Exact        bool          `yaml:"exact"`
		BinWidth     time.Duration `yaml:"bin_width"`
	} `yaml:"train"`
	Model struct {
		Likelihood string `yaml:"likelihood"`
		Sizes      []int  `yaml:"sizes"`
	} `yaml:"model"`
	Space map[string]entry `yaml:"space"`
	Seed  uint64           `yaml:"seed"`
}

func newSample() *sample {
	s := &sample{Space: map[string]entry{"train.kl_ic_scale": {Low: 1, High: 2}, "b": {Low: 3, High: 4}}}
	s.Train.BatchSize = 64
	return s
}

func TestSet(t *testing.T) {
	s := newSample()
	for key, text := range map[string]string{
		"train.kl_ic_scale": "1e-5", "train.batch_size": "32", "train.exact": "true", "train.bin_width": "5ms",
		"model.likelihood": "poisson: yes", "model.sizes": "[1, 2]", "seed": "18446744073709551615",
		"space.train.kl_ic_scale": "{high: 9}", "space.b": "null", "space.c.d": "{low: 7, init: 8}",
	} {
		if err := Set(s, key, text); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
	if err := Set(s, "space.c.d.high", "10"); err != nil {
		t.Error(err)
	}
	if s.Train.KLICScale != 1e-5 || s.Train.BatchSize != 32 || !s.Train.Exact || s.Train.BinWidth != 5*time.Millisecond ||
		s.Model.Likelihood != "poisson: yes" || !slices.Equal(s.Model.Sizes, []int{1, 2}) || s.Seed != math.MaxUint64 {
		t.Errorf("got %+v", s)
	}
	if e := s.Space["train.kl_ic_scale"]; e.Low != 1 || e.High != 9 {
		t.Errorf("a changed entry: %+v", e)
	}
	if e := s.Space["c.d"]; len(s.Space) != 2 || e.Low != 7 || *e.Init != 8 || e.High != 10 {
		t.Errorf("the map: %+v", s.Space)
	}
}

func TestSetErrors(t *testing.T) {
	for _, c := range []struct{ key, text, want string }{
		{"train.kl_ic_scal", "1", `did you mean "train.kl_ic_scale"?`},
		{"kl_input_scale", "1", `did you mean "train.kl_input_scale"?`},
		{"model.likelyhood", "1", `did you mean "model.likelihood"?`},
		{"train", "1", "a group of settings: give one of them, for example train.kl_ic_scale"},
		{"train.batch_size.x", "1", "there is no setting"},
		{"", "1", "there is no setting"},
		{"train.batch_size", "1.5", `train.batch_size = "1.5": want a value like 10`},
		{"train.kl_ic_scale", "small", "want a value like 0.5"},
		{"train.exact", "2", "want a value like true"},
		{"train.bin_width", "5", "want a value like 10ms"},
		{"model.sizes", "[1, x]", "model.sizes"},
		{"space.b", "{hihg: 1}", "hihg"},
		{"space.b.hihg", "1", "there is no setting"},
	} {
		if err := Set(newSample(), c.key, c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s=%s: got %v, want %q", c.key, c.text, err, c.want)
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

func TestKeys(t *testing.T) {
	want := "train.kl_ic_scale train.kl_input_scale train.batch_size train.exact train.bin_width model.likelihood model.sizes space seed"
	if got := strings.Join(Keys(&sample{}), " "); got != want {
		t.Errorf("got %s", got)
	}
}

func TestDecode(t *testing.T) {
	s := newSample()
	err := Decode([]byte("train:\n  kl_ic_scale: 1e-5\n  bin_width: 5ms\nspace:\n  train.x: {low: 1e-3, high: .5}\n"), s)
	if err != nil {
		t.Fatal(err)
	}
	if s.Train.KLICScale != 1e-5 || s.Train.BatchSize != 64 || s.Train.BinWidth != 5*time.Millisecond {
		t.Errorf("got %+v", s.Train)
	}
	if e := s.Space["train.x"]; len(s.Space) != 1 || e.Low != 1e-3 || e.High != .5 {
		t.Errorf("a map in the file replaces: got %+v", s.Space)
	}
	for text, want := range map[string]string{
		"train:\n  kl_ic: 1":          `did you mean "train.kl_ic_scale"?`,
		"trian:\n  kl_ic_scale: 1":    `did you mean "train"?`,
		"train:\n  batch_size: x":     `train.batch_size is "x": want a whole number`,
		"seed: 1\nseed: 2":            "already defined",
		"space: {a: {low: 1, hi: 2}}": "hi",
		"train: [":                    "[",
		"- 1":                         "- 1",
		"train: 3":                    "train is 3: want a group of settings",
	} {
		if err := Decode([]byte(text), newSample()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
	if s := newSample(); Decode([]byte("train: # nothing\n"), s) != nil || !reflect.DeepEqual(s, newSample()) {
		t.Errorf("a group without settings: got %+v", s)
	}
	if err := Decode(nil, newSample()); err != nil {
		t.Errorf("an empty file: %v", err)
	}
}

// What Encode writes, Decode reads back to the last bit.
func TestRoundTrip(t *testing.T) {
	s := newSample()
	v := 1e-5 / 3
	s.Train.KLICScale, s.Train.BinWidth, s.Seed = 1./3*1e-300, 1500*time.Microsecond, math.MaxUint64
	s.Model.Likelihood = "1e-5"
	s.Space["c"] = entry{Init: &v}
	data, err := Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	got := newSample()
	if err := Decode(data, got); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if got.Train != s.Train || got.Seed != s.Seed || got.Model.Likelihood != "1e-5" || *got.Space["c"].Init != v || len(got.Space) != 3 {
		t.Errorf("got %+v, want %+v\n%s", got, s, data)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("train:\n  kl_ic_scale: 1e-5\nspace:\n  a: {low: 1}\n"))
	f.Add([]byte("a: &x [*x]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s := newSample()
		if Decode(data, s) != nil {
			return
		}
		if _, err := Encode(s); err != nil {
			t.Fatal(err)
		}
	})
}
