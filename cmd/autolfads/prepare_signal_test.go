package main

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/hdf5"
)

// muscles writes a recording of two muscles for 20 s at 1 kHz, noise of 10 microvolts
// that comes and goes, in units of which there are so many in a microvolt; and trials of
// half a second, one each second.
func muscles(t *testing.T, path, unit string, factor float64) string {
	t.Helper()
	const rate, samples = 1000, 20000
	x := make([]float64, 2*samples)
	for k := range samples {
		size := 1.2 + math.Sin(2*math.Pi*1.3*float64(k)/rate)
		x[2*k] = math.Round(size*float64((k*k*7919+k*104729)%1001-500)/25) * factor
		x[2*k+1] = math.Round((2.4-size)*float64((k*k*6007+k*99991)%1009-504)/25) * factor
	}
	var starts, stops []float64
	for i := range 19 {
		starts, stops = append(starts, float64(i)+.25), append(stops, float64(i)+.75)
	}
	w, err := hdf5.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, write := range []error{
		w.Write("emg/data", x, []int{samples, 2}), w.SetAttr("emg/data", "unit", unit), w.Write("emg/rate", float64(rate), nil),
		w.Write("trials/start_time", starts, []int{len(starts)}), w.Write("trials/stop_time", stops, []int{len(stops)}), w.Close(),
	} {
		if write != nil {
			t.Fatal(write)
		}
	}
	return path
}

// From muscles in volts to rates in volts: scaled, a run has the same bits in any unit,
// and what it writes is in the recording's; infer brings other scales to the run's.
func TestSignalsFromEndToEnd(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	volts, micro := muscles(t, in("volts.h5"), "V", 1e-6), muscles(t, in("micro.h5"), "uV", 1)
	if text := succeed(t, "info", volts); !strings.Contains(text, "--signal emg --signal-kind emg --scale quantile") {
		t.Errorf("info proposes no signal:\n%s", text)
	}
	outputs := map[string][]float32{}
	for _, source := range []string{volts, micro} {
		made, out := source+".trials.h5", source+".run"
		text := succeed(t, "prepare", source, "--out", made, "--signal", "emg", "--signal-kind", "emg", "--scale", "std")
		for _, part := range []string{"high-pass 65 Hz, rectified, low-pass 50 Hz, the mean of the 10 samples of each bin", "--preset emg"} {
			if !strings.Contains(text, part) {
				t.Errorf("prepare does not say %q:\n%s", part, text)
			}
		}
		if r := execute(t, command("info", made)); r.code != 1 || !strings.Contains(r.stdout, "\nnext         autolfads run") || !strings.Contains(r.stdout, " --preset emg\n") {
			t.Errorf("info of signals, exit code %d, does not say how they are modelled:\n%s", r.code, r.stdout)
		}
		succeed(t, "info", made, "--preset", "emg")
		succeed(t, tinyRun(t, dir, made, out, "--preset", "emg")...)
		outputs[source] = floats(t, filepath.Join(out, "outputs", filepath.Base(made)), "valid_output_params")
	}
	for _, key := range []string{"train_recon_data", "valid_recon_data"} {
		if !slices.Equal(floats(t, volts+".trials.h5", key), floats(t, micro+".trials.h5", key)) {
			t.Errorf("%s has other bits in another unit", key)
		}
	}
	near(t, "volts", outputs[volts], outputs[micro], 1e-6)
	if mean := meanOf(outputs[volts]); mean < 5e-6 || mean > 2e-5 {
		t.Errorf("envelopes of about 10 uV are %g V on average", mean)
	}

	succeed(t, "prepare", volts, "--out", in("plain.h5"), "--signal", "emg", "--signal-kind", "emg")
	r := execute(t, command("infer", volts+".run", in("plain.h5"), "--out", in("rates.h5")))
	if r.code != 0 || !strings.Contains(r.stderr, "has another scale than the data that the model was trained on") {
		t.Errorf("infer of another scale: exit code %d\n%s", r.code, r.stderr)
	}
	succeed(t, "infer", volts+".run", micro+".trials.h5", "--out", in("micro.rates.h5"))
	near(t, "another unit", floats(t, in("micro.rates.h5"), "valid_output_params"), outputs[volts], 1)
	near(t, "another scale", floats(t, in("rates.h5"), "valid_output_params"), outputs[volts], 1)
}

func meanOf(x []float32) (mean float64) {
	for _, v := range x {
		mean += float64(v) / float64(len(x))
	}
	return mean
}

// near wants numbers to be so many times those wanted, to single precision.
func near(t *testing.T, what string, got, want []float32, factor float64) {
	t.Helper()
	if len(got) != len(want) || len(got) == 0 {
		t.Fatalf("%s: %d numbers, want %d", what, len(got), len(want))
	}
	for i, v := range want {
		if math.Abs(float64(got[i])-factor*float64(v)) > 1e-5*factor*math.Abs(float64(v)) {
			t.Fatalf("%s: number %d is %g, want %g", what, i, got[i], factor*float64(v))
		}
	}
}

// Steps of no signal, and recordings of signals alone without one named, are errors that
// say what to do.
func TestSignalsRefusedByName(t *testing.T) {
	source := muscles(t, filepath.Join(t.TempDir(), "emg.h5"), "V", 1e-6)
	refuse(t, []string{"no units", "emg (0 to 1)", "--signal emg"}, "prepare", source, "--dry-run")
	refuse(t, []string{"no signal is named", "--signal emg"}, "prepare", source, "--dry-run", "--scale", "std")
	refuse(t, []string{"--scale is \"sd\": it must be one of none, std, max, quantile"}, "prepare", source, "--dry-run", "--signal", "emg", "--scale", "sd")
	refuse(t, []string{"the band is \"70-150\""}, "prepare", source, "--dry-run", "--signal", "emg", "--band-hz", "70-150")
}
