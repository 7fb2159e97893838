package nlb

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	prepared "github.com/autolfads/autolfads/prepare/nlb"
)

// near is how far figures may be from nlb_tools'.
const near = 1e-6

// tensors are targets of all data sets of the benchmark in both widths of bins, in one
// file, and rates for all of them.
type tensors struct {
	targets string // path
	bins    map[string]int
	rates   map[string]*Submission // by group
}

func everything(t testing.TB) *tensors {
	t.Helper()
	all := &tensors{filepath.Join(t.TempDir(), "targets.h5"), map[string]int{}, map[string]*Submission{}}
	var sets []*prepared.Set
	for _, name := range prepared.Names() {
		sets = append(sets, simulatedSet(t, name, 5), simulatedSet(t, name, 20))
	}
	writeTargets(t, all.targets, sets)
	all.each(t, func(targets *Targets, group string) {
		all.rates[group], all.bins[group] = invented(targets, 1000*len(all.bins)), targets.HeldOut.Bins
	})
	return all
}

// each opens the targets of every data set.
func (all *tensors) each(t testing.TB, do func(targets *Targets, group string)) {
	t.Helper()
	for _, name := range prepared.Names() {
		for _, binMs := range []int{5, 20} {
			targets, err := OpenTargets(all.targets, name, binMs)
			if err != nil {
				t.Fatal(err)
			}
			group, _ := groupOf(name, binMs)
			do(targets, group)
		}
	}
}

// judged are nlb_tools' figures by group and by their names.
type judged map[string]map[string]any

// compare compares scores with nlb_tools'.
func (j judged) compare(t *testing.T, group string, s Scores) {
	t.Helper()
	behaviour := "vel R2"
	if s.Dataset == timing {
		behaviour = "tp corr"
	}
	if fault := j[group]["error"]; fault != nil {
		t.Errorf("%s: nlb_tools refuse it: %v", group, fault)
	}
	for name, got := range map[string]*float64{"co-bps": s.CoBPS, behaviour: s.Behaviour, "psth R2": s.PSTHR2, "fp-bps": s.FpBPS} {
		want, has := j[group][name].(float64)
		switch {
		case has != (got != nil):
			t.Errorf("%s: %s is there: %t, of nlb_tools: %t (%v)", group, name, got != nil, has, s.Notes)
		case has && math.Abs(*got-want) > near*math.Max(1, math.Abs(want)):
			t.Errorf("%s: %s is %.9f, of nlb_tools %.9f", group, name, *got, want)
		}
	}
}

// score scores all rates against the targets in the file.
func (all *tensors) score(t *testing.T, j judged) {
	t.Helper()
	all.each(t, func(targets *Targets, group string) {
		s, err := Score(t.Context(), all.rates[group], targets, nil)
		if err != nil {
			t.Fatalf("%s: %v", group, err)
		}
		j.compare(t, group, s)
	})
}

// TestGolden compares with what nlb_tools scored of the same tensors: all seven data
// sets, which testdata/golden.sh had them do.
func TestGolden(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "golden.json"))
	if err != nil {
		t.Fatal(err)
	}
	var j judged
	if err := json.Unmarshal(text, &j); err != nil {
		t.Fatal(err)
	}
	all := everything(t)
	if len(j) != len(all.rates) {
		t.Errorf("%d golden groups for %d", len(j), len(all.rates))
	}
	all.score(t, j)
}
