package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/internal/testenv"
)

// asideFlags make trials of the small recording, whose units are 2, 3, 7, 8 and 9.
var asideFlags = []string{"--align", "go_time", "--window=-50..150", "--bin-ms", "20"}

// Units set aside at prepare, at run of the recording and at run of a file that has them
// all are the same, and so are all bits that come of them; outputs are of the others.
func TestSetAside(t *testing.T) {
	dir := testenv.MemoryDir(t)
	unpackSources(t, dir)
	in := func(name string) string { return filepath.Join(dir, name) }
	source, tiny := in("tiny.csv"), []string{"--set-aside", "2"}
	for _, folder := range []string{"part", "all"} {
		if err := os.Mkdir(in(folder), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for _, of := range []string{"", "_trials", "_units"} {
		if err := os.Rename(in("spikes"+of+".csv"), in("tiny"+of+".csv")); err != nil {
			t.Fatal(err)
		}
	}
	few := "few-shot co-bps (k = 4)"
	report := succeed(t, slices.Concat([]string{"prepare", source, "--out", in("part/tiny.h5"), "--seed", "3"}, tiny, asideFlags)...)
	succeed(t, slices.Concat([]string{"prepare", source, "--out", in("all/tiny.h5"), "--seed", "3"}, asideFlags)...)
	if !strings.Contains(report, "set aside    2 units, which the model neither reads nor reconstructs (by seed 3): ") {
		t.Errorf("prepare says\n%s", report)
	}
	part := reload(t, in("part/tiny.h5"))
	if info := succeed(t, "info", in("part/tiny.h5")); !strings.Contains(info, "; 2 set aside, which models neither read nor reconstruct: "+strings.Join(part.SetAside, ", ")) {
		t.Errorf("info says\n%s", info)
	}
	runs := map[string][]string{
		"prepared":  sourceRun(in("part/tiny.h5"), in("prepared")),
		"binned":    append(sourceRun(in("all/tiny.h5"), in("binned"), "--split-seed", "3"), tiny...),
		"recording": append(sourceRun(source, in("recording"), append(asideFlags, "--split-seed", "3")...), tiny...),
	}
	for _, name := range []string{"prepared", "binned", "recording"} {
		if text := succeed(t, runs[name]...); !strings.Contains(text, few) {
			t.Errorf("%s: no %s among the scores\n%s", name, few, text)
		}
		rates := filepath.Join(in(name), "outputs", "tiny.h5")
		wantWords(t, rates, "unit_ids", part.Neurons)
		wantWords(t, rates, "set_aside_ids", part.SetAside)
		if got, want := floats(t, rates, "rates_hz"), floats(t, filepath.Join(in("prepared"), "outputs", "tiny.h5"), "rates_hz"); !slices.Equal(got, want) {
			t.Errorf("rates of %s differ from those of the prepared file", name)
		}
		for _, data := range []string{source, in("part/tiny.h5"), in("all/tiny.h5")} {
			wantInferred(t, in(name), data, part)
		}
	}
	refuseIn(t, dir, []string{"2 neurons set aside already", "leave out --set-aside"}, sourceRun(in("part/tiny.h5"), in("no"), tiny...)...)
	refuseIn(t, dir, []string{"leave out --set-aside"}, "infer", in("binned"), in("all/tiny.h5"), "--out", in("no.h5"), "--set-aside", "2")
	header := filepath.Join(in("binned"), "run.yaml")
	text, err := os.ReadFile(header)
	if err == nil {
		err = os.WriteFile(header, []byte(strings.Replace(string(text), "set_aside: [", "set_aside: [7, ", 1)), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	refuseIn(t, dir, []string{"run.yaml, trials.set_aside: [7", "put back what the run wrote"}, "infer", in("binned"), in("all/tiny.h5"), "--out", in("no.h5"))
}

// wantInferred infers a run's data, or a file or recording with all neurons, and looks
// that what is written is what the run wrote, of the neurons that remain.
func wantInferred(t *testing.T, run, data string, part *dataset.Dataset) {
	t.Helper()
	rates := filepath.Join(filepath.Dir(run), "rates.h5")
	defer os.Remove(rates)
	r := execute(t, command("infer", run, data, "--out", rates, "--threads", "1"))
	if r.code != 0 || strings.Contains(r.stderr, "warning") {
		t.Fatalf("infer %s of %s: exit code %d\n%s", run, data, r.code, r.stderr)
	}
	wantWords(t, rates, "unit_ids", part.Neurons)
	wantWords(t, rates, "set_aside_ids", part.SetAside)
	got, want := floats(t, rates, "rates_hz"), floats(t, filepath.Join(run, "outputs", "tiny.h5"), "rates_hz")
	if len(got) != len(want) || filepath.Ext(data) == ".h5" && !slices.Equal(got, want) { // of a recording, trials have other random numbers
		t.Errorf("infer %s of %s: %d rates differ from %d of the run", run, data, len(got), len(want))
	}
}

// wantWords looks at an attribute of several words.
func wantWords(t *testing.T, path, attribute string, want []string) {
	t.Helper()
	f, err := hdf5.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	a, err := f.Root().Attr(attribute)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if words, err := a.Strings(); err != nil || !slices.Equal(words, want) {
		t.Errorf("attribute %s of %s is %q (%v), want %q", attribute, path, words, err, want)
	}
}
