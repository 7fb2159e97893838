package dataset

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/hdf5"
)

func TestOracle(t *testing.T) {
	for _, c := range []struct {
		what   string
		attrs  map[string]any
		name   string
		oracle float64
		notes  string // "": none
	}{
		{"none", nil, "", 0, ""},
		{"both", map[string]any{"oracle_nll": -1.25, "oracle_likelihood": "gamma"}, "gamma", -1.25, ""},
		{"zero", map[string]any{"oracle_nll": 0.0, "oracle_likelihood": "gamma"}, "gamma", 0, ""},
		{"a name alone", map[string]any{"oracle_likelihood": "gamma"}, "", 0, ""},
		{"a number alone", map[string]any{"oracle_nll": 1.0}, "", 0, "oracle_likelihood does not name"},
		{"a number for a name", map[string]any{"oracle_nll": 1.0, "oracle_likelihood": 2.0}, "", 0, "oracle_likelihood does not name"},
		{"NaN", map[string]any{"oracle_nll": math.NaN(), "oracle_likelihood": "gamma"}, "", 0, "oracle_nll is not used: it is NaN"},
		{"several", map[string]any{"oracle_nll": []float64{1, 2}, "oracle_likelihood": "gamma"}, "", 0, "oracle_nll is not used: attribute oracle_nll has 2 values"},
	} {
		d := load(t, torch, c.attrs, Options{})
		if d.OracleLikelihood != c.name || d.Oracle != c.oracle {
			t.Errorf("%s: %v of %q", c.what, d.Oracle, d.OracleLikelihood)
		}
		if notes := strings.Join(d.Warnings(counted), "; "); c.notes == "" && strings.Contains(notes, "oracle") || !strings.Contains(notes, c.notes) {
			t.Errorf("%s: noted %q, want %q", c.what, notes, c.notes)
		}
		if said := strings.Contains(d.Summary().String(), "oracle"); said != (c.name != "") {
			t.Errorf("%s: the summary says\n%s", c.what, d.Summary())
		}
	}
}

// The oracle goes through a file, and other attributes are in it.
func TestWriteAttributes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sample.h5")
	d := sample()
	d.Oracle, d.OracleLikelihood = .1, "gamma"
	d.Attributes = map[string]any{"seed": uint64(math.MaxUint64), "generator": "emg", "behavior": []string{"angle", "acceleration"}}
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
	got, err := Load(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Oracle != .1 || got.OracleLikelihood != "gamma" || len(got.Unread) != 0 {
		t.Errorf("read %v of %q; unread %v", got.Oracle, got.OracleLikelihood, got.Unread)
	}
	f, err := hdf5.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	attrs, err := f.Root().Attrs()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, a := range attrs {
		names = append(names, a.Name)
	}
	if all := strings.Join(names, " "); all != "bin_width_ms oracle_nll oracle_likelihood behavior generator seed" {
		t.Errorf("attributes %s", all)
	}
}
