package settings

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestDecode(t *testing.T) {
	s := newSample()
	notes, err := Decode([]byte("train:\n  kl_ic_scale: 1e-5\npbt:\n  space:\n    train.learning_rate: {low: 1e-3, high: .5}\n"), s)
	if err != nil || notes != nil {
		t.Fatal(notes, err)
	}
	if s.Train.KLICScale != 1e-5 || s.Train.BatchSize != 64 {
		t.Errorf("got %+v", s.Train)
	}
	if e := s.PBT.Space["train.learning_rate"]; len(s.PBT.Space) != 1 || e.Low != 1e-3 || e.High != .5 {
		t.Errorf("a map in the file replaces: got %+v", s.PBT.Space)
	}
}

// The same two settings, as people and programs write them.
func TestWaysToWrite(t *testing.T) {
	want := newSample()
	want.Train.BatchSize, want.Model.GeneratorDim = 8, 32
	for _, c := range []struct{ text, notes string }{
		{"train:\n  batch_size: 8\nmodel:\n  generator_dim: 32\n", ""},
		{"---\ntrain: {batch_size: 8.0}\nmodel: {generator_dim: 32}\n...\n", ""},
		{"train.batch_size: 8\nmodel.generator_dim: 32\n", ""},
		{"batch_size: 8\ngen_dim: 32\n", "batch_size is train.batch_size here; gen_dim is model.generator_dim here"},
		{"model:\n  batch_size: 8\n  gen_dim: 32\n", "model.batch_size is train.batch_size here; model.gen_dim is model.generator_dim here"},
		{"datamodule:\n  batch_size: 8\nmodel:\n  gen_dim: 32\n", "datamodule.batch_size is train.batch_size here; model.gen_dim is model.generator_dim here"},
		{"TRAIN:\n  BATCH_SIZE: 8\nMODEL.GEN_DIM: 32\n", "TRAIN.BATCH_SIZE is train.batch_size here; MODEL.GEN_DIM is model.generator_dim here"},
		{"%YAML 1.2\n---\ninfer:\nTRAIN:\n  BATCH: {SIZE: 8}\nmodel: {gen: {dim: 32}}\n", "TRAIN.BATCH.SIZE is train.batch_size here; model.gen.dim is model.generator_dim here"},
		{`{"train": {"batch_size": 8}, "model": {"generator_dim": 32}}`, ""},
		{"{\n\t\"train\": {\n\t\t\"batch_size\": 8\n\t},\n\t\"model\": {\"generator_dim\": 32}\n}\n", ""},
		{"\ufefftrain:\r\n  batch_size: 8\r\nmodel:\r\n  'generator_dim': \"32\"\r\n", ""},
		{"train:\n  batch_size: 8 # trials\n\n# model:\nmodel:\n    generator_dim: 32\npbt:\n# none\ninfer: null\n", ""},
	} {
		got := newSample()
		notes, err := Decode([]byte(c.text), got)
		if err != nil || !reflect.DeepEqual(got, want) || strings.Join(notes, "; ") != c.notes {
			t.Errorf("%q: %v\ngot  %+v\nnotes %q, want %q", c.text, err, got, notes, c.notes)
		}
	}
}

// A file that says nothing changes nothing.
func TestNothing(t *testing.T) {
	for _, text := range []string{"", "\n", "# nothing\n", "# a\n\n  # b", "---\n", "\ufeff", "{}", "null", "train: # nothing\n", "pbt:\n  space:\n", "pbt: {}\n"} {
		s := newSample()
		if notes, err := Decode([]byte(text), s); err != nil || notes != nil || !reflect.DeepEqual(s, newSample()) {
			t.Errorf("%q: %v %v: got %+v", text, notes, err, s)
		}
	}
	s := newSample()
	if _, err := Decode([]byte("pbt:\n  space: {}\n"), s); err != nil || len(s.PBT.Space) != 0 {
		t.Errorf("an empty map: %v, %+v", err, s)
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"train:\n  kl_ic: 1", `line 2: there is no setting "train.kl_ic"; did you mean "train.kl_ic_scale"?`},
		{"\n\ntrian:\n  kl_ic_scale: 1", `line 3: there is no setting "trian"; did you mean "train"?`},
		{"train:\n  batch_size: x", `line 2: train.batch_size is "x": want a whole number`},
		{"train:\n  batch_size:\n", "line 2: train.batch_size is empty: want a whole number"},
		{"train:\n  learning_rate: 0,01\n", `"0,01": want a number, for example 0.5, with a decimal point and no comma`},
		{"seed: 1\nseed: 2", "line 2: mapping key \"seed\" already defined at [1:1]: keep one of the two"},
		{"seed: 1\ngen_dim: 2\nmodel:\n  generator_dim: 3\n", "line 4: model.generator_dim was given before, in line 2: keep one of the two"},
		{"pbt:\n  space: {batch_size: {low: 1, hi: 2}}", `line 2: pbt.space.train.batch_size has no "hi": it has low, high, init`},
		{"pbt:\n  space:\n    gen_dim: 3", "line 3: pbt.space.model.generator_dim is 3: want its settings in braces, of low, high, init"},
		{"pbt:\n  space:\n    gen_dim: [3, 4]", "line 3: pbt.space.model.generator_dim is a list: want its settings in braces"},
		{"train: {learning_rate: 0,01}", `line 1: there is no setting "train.01": a number has a decimal point and no comma`},
		{"model:\n  recon:\n    _target_: Poisson\n", "line 2: model.likelihood is a class: classes are not named here"},
		{"model:\n  lr: {initial: 3}\n", `line 2: there is no setting "model.lr"; did you mean "train.learning_rate"?`},
		{"train: [", "line 1: "},
		{"train:\n\tbatch_size: 8\n", "line 2: a tab begins it, and YAML wants spaces"},
		{"- 1", "line 1: here is a list: want settings"},
		{"hello", `line 1: here is "hello": want settings`},
		{"x: [train]", `line 1: there is no setting "x", nor one like it`},
		{"train: 3", "line 1: train is 3: want a group of settings"},
		{"train: [1]", "line 1: train is a list: want a group of settings"},
		{"train:\n  batch_size: [8]", "line 2: train.batch_size is a list: want a whole number"},
		{"train:\n  batch_size: {a: 8}", "line 2: train.batch_size is a group of settings: want a whole number"},
		{"seed: &a 3\n", `line 1: seed is "&", which only YAML understands`},
		{"model:\n  likelihood: *a\n", "line 2: "},
		{"train:\n  <<: {batch_size: 3}\n", "line 2: << takes in settings from elsewhere"},
		{"a: 1\n---\nb: 2\n", "it holds several YAML documents"},
		{"model:\n  _target_: lfads_torch.model.LFADS\n", "line 2: there is no setting \"model._target_\": classes are not named here"},
		{"\xff\xfet\x00r\x00", "save it as UTF-8"},
		{"a: \x00", "save it as UTF-8"},
		{strings.Repeat("# comment\n", maxBytes), "more than 65536 bytes"},
		{strings.Repeat("[", maxBytes), "brackets inside each other"},
		{strings.Repeat("{a: ", maxBytes/4), "brackets inside each other"},
		{strings.Repeat("- ", maxBytes/2), "inside each other"},
		{"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n", `there is no setting "a"`},
	} {
		s := newSample()
		_, err := Decode([]byte(c.text), s)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.60q: got %v, want %q in one line", c.text, err, c.want)
		}
	}
}

func TestDecodeGroup(t *testing.T) {
	text := []byte("run: {version: 3}\nconfig:\n  gen_dim: 5\n  train: {batch_size: x}\n")
	if top := Top(text); !slices.Equal(top, []string{"run", "config"}) {
		t.Errorf("the top is %q", top)
	}
	s := newSample()
	if _, err := DecodeGroup(text, "config", s); err == nil || err.Error() != `line 4: train.batch_size is "x": want a whole number, for example 10` {
		t.Errorf("got %v", err)
	}
	if s.Model.GeneratorDim != 5 {
		t.Errorf("got %+v", s)
	}
	if _, err := DecodeGroup(text, "settings", s); err == nil {
		t.Error("a group that is not there was decoded")
	}
}

func TestReadFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large")
	if err := os.WriteFile(path, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := ReadFile(path); err != nil || len(text) != maxBytes+1 {
		t.Errorf("read %d bytes, %v", len(text), err)
	}
}

// Whatever a file holds, it is an error or settings that can be written again.
func FuzzDecode(f *testing.F) {
	for _, text := range []string{
		"train:\n  kl_ic_scale: 1e-5\npbt:\n  space:\n    batch_size: {low: 1}\n", "a: &x [*x]", "? a\n: b", "train: !!map {}\n",
		"<<: *a", "pbt.space.x.low: |\n  5\n", "{\"a\": [1, {\"b\": null}]}", "seed: 0x10\n", "- - ? a",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := newSample()
		if _, err := Decode(data, s); err != nil {
			return
		}
		if _, err := Encode(s); err != nil {
			t.Fatal(err)
		}
	})
}
