package main

import (
	"context"
	"maps"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
)

// methods are the baselines that have a command, and words of what each says it chose.
var methods = map[string]string{"smooth": "Gaussian, sd ", "gpfa": "GPFA of square-rooted counts in bins of 20 ms, ", "psth": "Gaussian, sd "}

// Every method has a command.
func TestBaselineCommands(t *testing.T) {
	if names := baseline.Names(); !slices.Equal(slices.Sorted(slices.Values(names)), slices.Sorted(maps.Keys(methods))) {
		t.Errorf("the methods are %v, the commands %v", names, methods)
	}
}

// session makes trials of two conditions: 4 + 2 neurons, 10 + 3 bins of 20 ms.
func session(train, conditions int) *dataset.Dataset {
	part := func(trials, first int) *dataset.Split {
		s := &dataset.Split{Recon: dataset.NewArray(trials, 13, 6), Encod: dataset.NewArray(trials, 10, 4)}
		for trial := range trials {
			s.Condition = append(s.Condition, int64(trial%conditions))
			for i := range s.Recon.Trial(trial) {
				s.Recon.Trial(trial)[i] = float32((first + trial*trial + 3*i + i*i/7) % 5 / 3)
			}
			for bin := range 10 {
				copy(s.Encod.Bin(trial, bin), s.Recon.Bin(trial, bin))
			}
		}
		return s
	}
	return &dataset.Dataset{Name: "data", BinWidth: 20 * time.Millisecond, Train: part(train, 0), Valid: part(4, 3), Test: part(3, 8)}
}

// Files of all layouts become rates of all trials in the layout of infer, which are
// counts and in the file's order.
func TestBaselineLayouts(t *testing.T) {
	for name, make := range map[string]func() *dataset.Dataset{
		"held out, forward": func() *dataset.Dataset { return session(9, 2) },
		"all read": func() *dataset.Dataset {
			d := session(9, 2)
			for _, s := range []*dataset.Split{d.Train, d.Valid, d.Test} {
				s.Recon = s.Encod
			}
			return d
		},
		"bins missing": func() *dataset.Dataset {
			d := session(9, 2)
			for bin := range 5 {
				d.Train.Recon.Bin(2, bin)[1], d.Train.Encod.Bin(2, bin)[1] = float32(math.NaN()), float32(math.NaN())
				d.Valid.Recon.Bin(0, bin)[1], d.Valid.Encod.Bin(0, bin)[1] = float32(math.NaN()), float32(math.NaN())
			}
			return d
		},
		"a test split of what is read": func() *dataset.Dataset {
			d := session(9, 2)
			d.Test.Recon, d.Test.Condition = nil, nil
			return d
		},
		"no test split": func() *dataset.Dataset { d := session(9, 2); d.Test = nil; return d },
		"few trials":    func() *dataset.Dataset { return session(3, 2) },
		"one trial":     func() *dataset.Dataset { return session(1, 1) },
		"one condition": func() *dataset.Dataset { return session(6, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, d := t.TempDir(), make()
			data := filepath.Join(dir, "data.h5")
			if err := d.Write(data); err != nil {
				t.Fatal(err)
			}
			for method, words := range methods {
				out := filepath.Join(dir, method+".h5")
				said := succeed(t, "baseline", method, data, "--out", out)
				if !strings.Contains(said, words) || !strings.Contains(said, "autolfads evaluate ") {
					t.Errorf("%s says\n%s", method, said)
				}
				wantText(t, out, "method", method)
				wantText(t, out, "settings", words)
				checkRates(t, out, d)
			}
		})
	}
}

// checkRates wants rates of all splits in a file of outputs.
func checkRates(t *testing.T, path string, d *dataset.Dataset) {
	t.Helper()
	total := 0
	for name, s := range map[string]*dataset.Split{"train": d.Train, "valid": d.Valid, "test": d.Test} {
		if s == nil {
			continue
		}
		rates := floats(t, path, name+"_output_params")
		if want := s.Trials() * d.Train.Recon.Bins * d.Train.Recon.Features; len(rates) != want {
			t.Errorf("%s has %d rates, want %d", name, len(rates), want)
		}
		total += len(rates)
		for i, r := range rates {
			if !(r >= 0 && r < 5) {
				t.Fatalf("%s: rate %d of %s is %v", path, i, name, r)
			}
		}
	}
	if hz := floats(t, path, "rates_hz"); len(hz) != total {
		t.Errorf("%d rates in Hz, want %d", len(hz), total)
	}
}

// Where the file's neurons lie in another order, so do the rates.
func TestBaselineOrder(t *testing.T) {
	dir, d := t.TempDir(), session(9, 2)
	plain, turned := filepath.Join(dir, "plain.h5"), filepath.Join(dir, "turned.h5")
	if err := d.Write(plain); err != nil {
		t.Fatal(err)
	}
	for _, s := range []*dataset.Split{d.Train, d.Valid, d.Test} {
		for i := 0; i < len(s.Recon.Data); i += 6 {
			slices.Reverse(s.Recon.Data[i : i+6])
		}
	}
	if err := d.Write(turned); err != nil {
		t.Fatal(err)
	}
	for method := range methods {
		a, b := filepath.Join(dir, method+"-a.h5"), filepath.Join(dir, method+"-b.h5")
		succeed(t, "baseline", method, plain, "--out", a)
		succeed(t, "baseline", method, turned, "--out", b)
		want, got := floats(t, a, "valid_output_params"), floats(t, b, "valid_output_params")
		for i, v := range want {
			if w := got[i-i%6+5-i%6]; math.Abs(float64(v-w)) > 1e-5 {
				t.Fatalf("%s: rate %d is %v, and %v in the other order", method, i, v, w)
			}
		}
	}
}

// Windows of a continuous recording are merged, as infer does.
func TestBaselineOfWindows(t *testing.T) {
	dir, d := t.TempDir(), session(8, 1)
	d.Test = nil
	d.Chop = &dataset.Chop{Window: 10, Overlap: 5, Power: 2, Bins: 68}
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		s.Recon, s.Condition = s.Encod, nil
	}
	for i := range int64(12) {
		if i%3 == 2 {
			d.Valid.Starts = append(d.Valid.Starts, 5*i)
		} else {
			d.Train.Starts = append(d.Train.Starts, 5*i)
		}
	}
	data, out := filepath.Join(dir, "data.h5"), filepath.Join(dir, "out.h5")
	if err := d.Write(data); err != nil {
		t.Fatal(err)
	}
	succeed(t, "baseline", "smooth", data, "--out", out)
	if rates := floats(t, out, "continuous/rates_hz"); len(rates) != 68*4 {
		t.Errorf("%d merged rates", len(rates))
	}
	refuseIn(t, dir, []string{"data.h5", "train_condition", "--condition"}, "baseline", "psth", data, "--out", filepath.Join(dir, "no.h5"))
}

// What baselines refuse, in a sentence, leaving nothing.
func TestBaselineRefuses(t *testing.T) {
	dir := t.TempDir()
	bare, made, signals := filepath.Join(dir, "bare.h5"), filepath.Join(dir, "made.h5"), filepath.Join(dir, "signals.h5")
	writeNumbers(t, bare, map[string][]int{"train_encod_data": {8, 10, 4}, "train_recon_data": {8, 10, 4}, "valid_encod_data": {3, 10, 4}, "valid_recon_data": {3, 10, 4}})
	if err := session(6, 2).Write(made); err != nil {
		t.Fatal(err)
	}
	d := session(6, 2)
	for i := range d.Train.Encod.Data {
		d.Train.Encod.Data[i] += .25
	}
	d.Train.Recon, d.Valid.Recon, d.Test = d.Train.Encod, d.Valid.Encod, nil
	if err := d.Write(signals); err != nil {
		t.Fatal(err)
	}
	recording := tinySource(t, dir)
	out := filepath.Join(dir, "out.h5")
	for _, c := range []struct {
		says []string
		args []string
	}{
		{[]string{"bare.h5", "how wide its bins are", "--bin-ms"}, []string{bare, "--out", out}},
		{[]string{"signals.h5", "0.25", "not a count of spikes", "baselines are of counts"}, []string{signals, "--out", out}},
		{[]string{"is a recording that is not binned", "autolfads prepare"}, []string{recording, "--out", out}},
		{[]string{"made.h5 exists", "--out"}, []string{made, "--out", made}},
		{[]string{"threads is -1"}, []string{made, "--out", out, "--threads=-1"}},
	} {
		for method := range methods {
			refuseIn(t, dir, c.says, append([]string{"baseline", method}, c.args...)...)
		}
	}
	for _, method := range []string{"smooth", "psth"} {
		refuseIn(t, dir, []string{"longer than 0", "--sd-ms"}, "baseline", method, made, "--out", out, "--sd-ms", "30,0")
	}
	for _, method := range []string{"smooth", "gpfa"} {
		refuseIn(t, dir, []string{"above 0", "--penalty"}, "baseline", method, made, "--out", out, "--penalty", "0")
	}
	refuseIn(t, dir, []string{"made.h5", "fewer than neurons", "--latents"}, "baseline", "gpfa", made, "--out", out, "--latents", "4")
	refuseIn(t, dir, []string{"-1 latents", "--latents"}, "baseline", "gpfa", made, "--out", out, "--latents=-1")
	succeed(t, "baseline", "smooth", bare, "--out", out, "--bin-ms", "10", "--sd-ms", "20")
	wantText(t, out, "settings", "Gaussian, sd 20 ms")
}

// Ctrl-C stops a fit, and leaves nothing.
func TestBaselineInterrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no signals")
	}
	dir := t.TempDir()
	data, out := filepath.Join(dir, "data.h5"), filepath.Join(dir, "out.h5")
	if err := session(9, 2).Write(data); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err := autolfads.EstimateBaseline(ctx, autolfads.Baseline{
		Name: "smooth", Method: baseline.Smoothing{}, Data: data, Out: out, Progress: func(string, int, int) { cancel() },
	})
	if err == nil || !strings.Contains(err.Error(), "nothing was written") {
		t.Errorf("interrupted: %v", err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("it leaves %v (%v)", files, err)
	}
}

// How long a step still takes, if it goes on as it did.
func TestBaselineProgress(t *testing.T) {
	var text strings.Builder
	clock := time.Unix(0, 0)
	p := newProgress("", false)
	p.out, p.screen = &text, nil
	tell := p.fitted(func() time.Time { return clock })
	for _, at := range []struct{ seconds, done int }{{0, 0}, {10, 5}, {40, 20}} {
		clock, p.last = time.Unix(int64(at.seconds), 0), time.Time{}
		tell("choosing", at.done, 20)
	}
	if want := "choosing: 0 %\nchoosing: 25 %, about 30s left\nchoosing: 100 %\n"; text.String() != want {
		t.Errorf("progress is\n%swant\n%s", text.String(), want)
	}
}
