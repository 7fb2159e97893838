package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// Of a recording, infer makes trials as those of the run were made: rates are those of
// the same spikes in a file that is binned already.
func TestInferFromARecording(t *testing.T) {
	dir := testenv.MemoryDir(t)
	source, out := tinySource(t, dir), filepath.Join(dir, "run")
	succeed(t, sourceRun(source, out, "--align", "go_time", "--window=-50..150", "--hold-out-units", "2", "--forward-ms", "20")...)
	d := reload(t, filepath.Join(out, "data", "tiny.h5"))
	if !slices.Equal(d.Neurons, []string{"1", "3", "2"}) {
		t.Fatalf("the model's units are %q", d.Neurons)
	}
	alone := d.SpikesAlone()
	binned := filepath.Join(dir, "binned.h5")
	if err := alone.Write(binned); err != nil {
		t.Fatal(err)
	}
	rates, want := filepath.Join(dir, "rates.h5"), filepath.Join(dir, "want.h5")
	r := execute(t, command("infer", out, source, "--out", rates, "--threads", "1"))
	if r.code != 0 || !strings.Contains(r.stderr, "units of tiny.csv are taken for those of the same ids") {
		t.Fatalf("exit code %d\n%s", r.code, r.stderr)
	}
	succeed(t, "infer", out, binned, "--out", want, "--threads", "1")
	if a, b := floats(t, rates, "rates_hz"), floats(t, want, "rates_hz"); !slices.Equal(a, b) || len(a) != 12*22*3 {
		t.Errorf("%d rates differ from %d of the same spikes", len(a), len(b))
	}
	if ids := floats(t, rates, "trial_ids"); len(ids) != 12 || ids[11] != 11 {
		t.Errorf("trials %v", ids)
	}
	wantText(t, rates, "source", source)

	other, elsewhere := filepath.Join(dir, "other.csv"), filepath.Join(dir, "no.h5")
	if err := os.WriteFile(other, []byte("unit,time\n1,.1\n4,.2\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	refuseIn(t, dir, []string{"lacks 1 of the 2 units that the model reads: 3; its own are 1, 4"}, "infer", out, other, "--out", elsewhere)
	refuseIn(t, dir, []string{"tiny.csv is a recording", "--bin-ms"}, "infer", out, source, "--out", elsewhere, "--bin-ms", "10")
}

// A prepared file whose units stand in another order is refused, and one of other units
// is told: models know neurons by their places.
func TestInferOtherUnits(t *testing.T) {
	dir := testenv.MemoryDir(t)
	source, out := tinySource(t, dir), filepath.Join(dir, "run")
	succeed(t, sourceRun(source, out, "--align", "go_time", "--window=-50..150")...)
	d := reload(t, filepath.Join(out, "data", "tiny.h5"))
	turned, others, rates := filepath.Join(dir, "turned.h5"), filepath.Join(dir, "others.h5"), filepath.Join(dir, "rates.h5")
	slices.Reverse(d.Neurons)
	if err := d.Write(turned); err != nil {
		t.Fatal(err)
	}
	refuseIn(t, dir, []string{"turned.h5 has the units 3, 2, 1 in another order than the model's data, 1, 2, 3", source}, "infer", out, turned, "--out", rates)
	d.Neurons[0] = "7"
	if err := d.Write(others); err != nil {
		t.Fatal(err)
	}
	if r := execute(t, command("infer", out, others, "--out", rates)); r.code != 0 || !strings.Contains(r.stderr, "others.h5 has units called 7, 2, 1, the model's data 1, 2, 3") {
		t.Errorf("exit code %d\n%s", r.code, r.stderr)
	}
}

// A run whose data say nothing of a recording cannot make trials of one.
func TestInferFromARecordingRefuses(t *testing.T) {
	dir := testenv.MemoryDir(t)
	source, data, out := tinySession(t, dir), bareData(t, dir), filepath.Join(dir, "run")
	succeed(t, bareRun(data, out, "--search", "fixed", "--set", "train.max_epochs=2")...)
	refuseIn(t, dir, []string{"session.csv is a recording", "has no prepare_options", "autolfads prepare"}, "infer", out, source, "--out", filepath.Join(dir, "no.h5"))
}

// A recording whose table, event and inputs are called otherwise is inferred by saying so.
func TestInferOtherwise(t *testing.T) {
	dir := testenv.MemoryDir(t)
	source, made, out := tinySession(t, dir), filepath.Join(dir, "made.h5"), filepath.Join(dir, "run")
	flags := []string{"--align", "go_time", "--window=-50..150"}
	succeed(t, append([]string{"prepare", source, "--out", made, "--no-overview"}, flags...)...)
	succeed(t, bareRun(made, out, "--search", "fixed", "--set", "train.max_epochs=2")...)
	want, rates := filepath.Join(dir, "want.h5"), filepath.Join(dir, "rates.h5")
	succeed(t, "infer", out, source, "--out", want, "--threads", "1", "--where", `side == "left"`)

	table := filepath.Join(dir, "session_trials.csv")
	text, err := os.ReadFile(table)
	if err == nil {
		err = os.WriteFile(table, []byte(strings.Replace(string(text), "go_time", "cue_time", 1)), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	refuseIn(t, dir, []string{"no column go_time", "cue_time", "(--align)"}, "infer", out, source, "--out", rates)
	refuseIn(t, dir, []string{"made.h5 holds trials of binned spikes already"}, "infer", out, made, "--out", rates, "--align", "cue_time")
	succeed(t, "infer", out, source, "--out", rates, "--threads", "1", "--align", "cue_time", "--where", `side == "left"`)
	if a, b := floats(t, rates, "rates_hz"), floats(t, want, "rates_hz"); !slices.Equal(a, b) || len(a) != 6*20*3 {
		t.Errorf("%d rates differ from %d of the same trials", len(a), len(b))
	}
}
