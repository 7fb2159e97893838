package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/internal/testenv"
)

// paperSizes are small sizes; all that says how a population searches is left to
// --search.
const paperSizes = "--seed 3 --members 4 --set model.generator_dim=12 --set model.factors=6 --set model.initial_condition_dim=6 " +
	"--set model.ic_encoder_dim=8 --set model.ci_encoder_dim=8 --set model.controller_dim=8 --set model.inferred_inputs=1 --set infer.samples=3"

// The paper's population has, whatever the defaults are, the bits that it had in
// version 0.5.0, where it was the only one: testdata/paper.json holds checksums of
// what came of
//
//	autolfads synth lorenz --out tiny.h5 --conditions 5 --trials 10 --neurons 10 --bins 20 --rate-hz 20
//	autolfads run tiny.h5 --out run [paperSizes]
//
// which the paper's stop rule ended after 21 generations.
func TestPaperSearchHasTheBitsOfBefore(t *testing.T) {
	if kernel.Bits() != "fma" {
		t.Skip("this machine's arithmetic has bits of its own")
	}
	dir := t.TempDir()
	data, out := tinyData(t, dir), filepath.Join(dir, "run")
	succeed(t, append([]string{"run", data, "--out", out, "--search", "paper"}, strings.Fields(paperSizes)...)...)
	got := digests(t, out)
	want := testenv.Stored(t, filepath.Join("testdata", "paper.json"), got)
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s has checksum %s, in version 0.5.0 %s", name, got[name], want[name])
		}
	}
	if text := string(promised(t, out)["run.yaml"]); !strings.Contains(text, "search: paper\n") {
		t.Errorf("run.yaml does not say which search it was:\n%s", text)
	}
	if o := succeed(t, "status", out); !strings.Contains(o, "copies so far: 39") {
		t.Errorf("of a population status says\n%s", o)
	}
}

// digests are checksums of what the search of a run came to: files as they are, but of
// outputs, which name the program's version, the arrays.
func digests(t *testing.T, run string) map[string]string {
	t.Helper()
	sums := map[string]string{}
	for _, name := range []string{"scores.csv", "hyperparameters.csv", "exploits.csv", "best/best.json", "best/checkpoint.safetensors"} {
		text, err := os.ReadFile(filepath.Join(run, name))
		if err != nil {
			t.Fatal(err)
		}
		sums[name] = fmt.Sprintf("%x", sha256.Sum256(text))
	}
	arrays := sha256.New()
	addArrays(t, arrays, filepath.Join(run, "outputs", "tiny.h5"))
	sums["outputs/tiny.h5"] = hex.EncodeToString(arrays.Sum(nil))
	return sums
}

// addArrays adds the names, shapes and bytes of a file's arrays to a checksum.
func addArrays(t *testing.T, sum hash.Hash, path string) {
	t.Helper()
	f, err := hdf5.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, key := range f.Root().Keys() {
		d, err := f.Root().Dataset(key)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := d.Raw()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(sum, key, d.Shape())
		sum.Write(raw)
	}
}

// A setting beyond the paper is refused in its search, also where it is the default.
func TestPaperSearchRefusesWhatLiesBeyond(t *testing.T) {
	dir := t.TempDir()
	data := tinyData(t, dir)
	for _, c := range []struct{ setting, says string }{
		{"pbt.epochs_per_generation=auto", "pbt.epochs_per_generation is auto, and the paper's population has 25"},
		{"pbt.first_generation_epochs=auto", "pbt.first_generation_epochs is auto, and the paper's population has 0"},
		{"train.average_half_life=30", "train.average_half_life is 30, and the paper's population has 0"},
	} {
		refuse(t, []string{c.says, "--search pbt"}, tinyRun(t, dir, data, filepath.Join(dir, "refused"), "--search", "paper", "--set", c.setting)...)
	}
}

// A preset's numbers and those that the paper has, too, are the paper's search.
func TestPaperSearchOfOtherNumbers(t *testing.T) {
	dir := t.TempDir()
	data, out := tinyData(t, dir), filepath.Join(dir, "small")
	succeed(t, tinyRun(t, dir, data, out, "--search", "paper", "--preset", "small", "--set", "pbt.stop_ratio=0")...)
	if rows := table(t, out, "scores.csv"); len(rows) != 3*4 {
		t.Errorf("%d scores of three members in four generations", len(rows))
	}
}
