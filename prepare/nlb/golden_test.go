package nlb

import (
	"maps"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/internal/testenv"
)

// goldens are what testdata/golden.sh had nlb_tools make.
var goldens = []struct {
	name string
	o    Options
}{
	{"maze", Options{Preset: "mc_maze_small", BinMs: 5}},
	{"maze20", Options{Preset: "mc_maze", BinMs: 20, Eval: Test}},
	{"rtt", Options{Preset: "mc_rtt", BinMs: 5}},
	{"area2", Options{Preset: "area2_bump", BinMs: 20}},
	{"dmfc", Options{Preset: "dmfc_rsg", BinMs: 5}},
}

// golden unpacks the recordings of a golden set into a folder of their own, and
// returns it and the tensors' path.
func golden(t testing.TB, name string) (source, tensors string) {
	t.Helper()
	source = t.TempDir()
	in := filepath.Join("testdata", "golden", name)
	files, err := filepath.Glob(filepath.Join(in, "*.nwb.gz"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no recordings in %s: %v", in, err)
	}
	for _, f := range files {
		base := filepath.Base(f)
		testenv.Gunzip(t, f, filepath.Join(source, base[:len(base)-len(".gz")]))
	}
	return source, testenv.Gunzip(t, filepath.Join(in, name+".h5.gz"), filepath.Join(t.TempDir(), name+".h5"))
}

// TestGolden compares with what nlb_tools made of the same recordings.
func TestGolden(t *testing.T) {
	for _, g := range goldens {
		t.Run(g.name, func(t *testing.T) {
			source, tensors := golden(t, g.name)
			set, _ := prepared(t, source, g.o)
			compare(t, set, tensors)
		})
	}
}

// TestWritten: the file that Write writes has what nlb_tools' file has, in the same
// types.
func TestWritten(t *testing.T) {
	for _, g := range goldens {
		source, tensors := golden(t, g.name)
		set, _ := prepared(t, source, g.o)
		path := filepath.Join(t.TempDir(), "written.h5")
		if err := set.Write(path, map[string]any{"source": "here"}); err != nil {
			t.Fatal(err)
		}
		compare(t, set, path)
		got, want := typesOf(t, path), typesOf(t, tensors)
		if !maps.Equal(got, want) {
			t.Errorf("%s: types\n%v, want\n%v", g.name, got, want)
		}
	}
}

// typesOf are the types of all arrays of a file, by their keys.
func typesOf(t *testing.T, path string) map[string]string {
	t.Helper()
	f, err := hdf5.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	types := map[string]string{}
	for key, d := range arraysOf(t, f.Root(), "") {
		types[key] = d.Type().String()
	}
	return types
}

// TestNames: units are called in the order of the tensors, by number, and features in
// that of their names.
func TestNames(t *testing.T) {
	source, _ := golden(t, "maze")
	set, report := prepared(t, source, goldens[0].o)
	for name, want := range map[string]any{
		"unit_ids":       []string{"1", "11", "21", "31", "61", "41", "51"},
		"behavior_names": []string{"hand_vel_x", "hand_vel_y"},
		"train_trials":   report.Trained,
	} {
		if got := set.Attributes[name]; !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}
