package dataset

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestNames: what is called how is read as it was written, and told; names that do not
// fit the arrays are left out with a note.
func TestNames(t *testing.T) {
	split := func(trials int) *Split {
		s := &Split{Encod: NewArray(trials, 2, 3), Behavior: NewArray(trials, 2, 2), External: NewArray(trials, 2, 1), Condition: make([]int64, trials)}
		for i := range s.Encod.Data {
			s.Encod.Data[i] = float32(i % 2)
		}
		s.Recon, s.Condition[0] = s.Encod, 1
		return s
	}
	d := &Dataset{
		Name: "named", Train: split(3), Valid: split(2),
		Neurons: []string{"a 1", "b", "é"}, Conditions: []string{"left", "right"},
		Outputs: []Quantity{{"hand_vel x", "mm/s"}, {"pupil", ""}}, Inputs: []Quantity{{"light", "lux"}},
		Attributes: map[string]any{"source": "session.nwb"},
	}
	back := written(t, d)
	for _, c := range [][2]any{{back.Neurons, d.Neurons}, {back.Conditions, d.Conditions}, {back.Outputs, d.Outputs}, {back.Inputs, d.Inputs}, {back.Attributes, d.Attributes}} {
		if !reflect.DeepEqual(c[0], c[1]) {
			t.Errorf("read %q, want %q", c[0], c[1])
		}
	}
	for _, line := range []string{"behaviour    hand_vel x (mm/s), pupil\n", "inputs       light (lux)\n"} {
		if text := back.Summary().String(); !strings.Contains(text, line) {
			t.Errorf("no %q in\n%s", line, text)
		}
	}
	d.Neurons, d.Conditions = []string{"a"}, []string{"left"}
	if back = written(t, d); back.Neurons != nil || back.Conditions != nil || !strings.Contains(strings.Join(back.notes, ";"), "unit_ids is not used: it has 1 words for 3 neurons") {
		t.Errorf("read %q and %q, with the notes %q", back.Neurons, back.Conditions, back.notes)
	}
}

func written(t *testing.T, d *Dataset) *Dataset {
	t.Helper()
	path := filepath.Join(t.TempDir(), "named.h5")
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
	back, err := Load(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return back
}
