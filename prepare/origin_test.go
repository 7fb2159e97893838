package prepare

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

// TestWritten: a prepared file is read as what was made, and says where it comes from.
func TestWritten(t *testing.T) {
	side := &dataset.Column{Name: "side", Words: []string{"l", "r", "l", "r", "l"}}
	r := session([]*dataset.Column{column("start_time", 0, 1, 2, 3, 4), column("stop_time", 1, 2, 3, 4, 5), side}, []float64{.5, 1.25, 3}, []float64{2, 4})
	r.Units.Observed = [][]dataset.Interval{{{Start: 0, Stop: 5}}, {{Start: .5, Stop: 5}}}
	d, report, err := Trials(r, Options{BinMs: 250, Condition: "side", Split: SplitOptions{Seed: 3}})
	if err != nil {
		t.Fatal(err)
	}
	origin := Origin{Source: "/data/a b.nwb", SHA256: "00ff", Command: "autolfads prepare", Version: "1.2"}
	if err := origin.Sign(d, report); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "made.h5")
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
	back, err := dataset.Load(path, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range [][2]*dataset.Split{{back.Train, d.Train}, {back.Valid, d.Valid}} {
		if !same(s[0].Encod.Data, s[1].Encod.Data) || !slices.Equal(s[0].TrialIDs, s[1].TrialIDs) || !slices.Equal(s[0].Condition, s[1].Condition) {
			t.Errorf("read %v, want %v", s[0], s[1])
		}
	}
	if back.BinWidth != d.BinWidth || *back.Divided != (dataset.Division{Share: .2, Seed: 3}) {
		t.Errorf("bins of %v, divided %v", back.BinWidth, back.Divided)
	}
	if fmt.Sprint(back.Neurons, back.Conditions) != fmt.Sprint(d.Neurons, d.Conditions) || back.Attributes["prepare_options"] != d.Attributes["prepare_options"] {
		t.Errorf("neurons %v, conditions %v, attributes %v", back.Neurons, back.Conditions, back.Attributes)
	}
	options, err := json.Marshal(Options{
		BinMs: 250, Table: "trials", Align: "start_time", Window: &Window{0, 1000}, Condition: "side", Split: SplitOptions{ValidShare: .2, Seed: 3},
	})
	if err != nil {
		t.Fatal(err)
	}
	f, err := hdf5.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for name, want := range map[string][]string{
		"source": {"/data/a b.nwb"}, "source_sha256": {"00ff"}, "prepare_command": {"autolfads prepare"}, "prepare_version": {"1.2"},
		"unit_ids": {"u0", "u1"}, "conditions": {"l", "r"},
		"prepare_options": {string(options)},
	} {
		a, err := f.Root().Attr(name)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := a.Strings(); err != nil || !slices.Equal(got, want) {
			t.Errorf("attribute %s is %q (%v), want %q", name, got, err, want)
		}
	}
}

// TestReport: the same facts in words and by name.
func TestReport(t *testing.T) {
	r := session([]*dataset.Column{column("start_time", 0, .5, 2, nan), column("stop_time", 1, 2, 3, 4)}, []float64{.75, 2.25, 9}, []float64{})
	r.Streams = []*dataset.Stream{{Name: "hand"}}
	r.Notes = []string{"times are taken for seconds"}
	_, report, err := Trials(r, Options{BinMs: 250})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"recording    session\n",
		"reading      times are taken for seconds\n",
		"trials       3 of the 4 rows of trials, 0..1000 ms about start_time\n",
		"dropped      1: start_time is not known (NaN) (counted from 0: 3)\n",
		"bins         4 of 250 ms\n",
		"units        2; without spikes in these trials: u1\n",
		"spikes       3 counted, 1 of the recording's 3 in no trial; 0.5 Hz a unit on average\n",
		"split        2 trials to train on, 1 to validate with (a share of 0.2 by seed 0)\n",
		"note         1 of 3 trials begin before the one in front of them ends",
		"note         trials are as long as the shortest, row 0 of trials",
		"note         no stream is taken as behaviour (--behavior): there is hand",
	} {
		if !strings.Contains(report.String(), line) {
			t.Errorf("the report does not say %q:\n%s", line, report)
		}
	}
	text, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"trials":3,"trials_of":4,"dropped":[{"reason":"start_time is not known (NaN)","trials":[3]}]`, `"units_silent":["u1"]`, `"units_left_out":[]`, `"conditions":[]`, `"counted":3,"outside":1`} {
		if !strings.Contains(string(text), part) {
			t.Errorf("no %s in %s", part, text)
		}
	}
}

func TestChecksum(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"spike_times.npy": "1", "params.py": "2", "cluster_group.tsv": "3", "recording.dat": "4", "pc_features.npy": "5"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	of := func(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }
	read := int64(0)
	got, err := Checksum(filepath.Join(dir, "recording.dat"), nil, func(r, _ int64) { read = r })
	if err != nil || got != of("4") || read != 1 {
		t.Errorf("of a file: %s (%v), %d bytes told", got, err, read)
	}
	got, err = Checksum(dir, nil, nil)
	if want := of(of("3") + "  cluster_group.tsv\n" + of("2") + "  params.py\n" + of("1") + "  spike_times.npy\n"); err != nil || got != want {
		t.Errorf("of a folder: %s (%v), want %s", got, err, want)
	}
	got, err = Checksum(filepath.Join(dir, "recording.dat"), []string{filepath.Join(dir, "params.py")}, nil)
	if want := of(of("4") + "  recording.dat\n" + of("2") + "  params.py\n"); err != nil || got != want {
		t.Errorf("of a file and one beside it: %s (%v), want %s", got, err, want)
	}
	if _, err := Checksum(filepath.Join(dir, "none"), nil, nil); err == nil {
		t.Error("of nothing")
	}
	linked := t.TempDir() // as datalad keeps files, and a folder of ALF in it
	if err := os.Mkdir(filepath.Join(linked, "alf"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"alf/spikes.times.npy": "pc_features.npy", "spike_times.npy": "spike_times.npy", "gone.csv": "nothing"} {
		if err := os.Symlink(filepath.Join(dir, to), filepath.Join(linked, name)); err != nil {
			t.Skip("no links here:", err)
		}
	}
	got, err = Checksum(linked, nil, nil)
	if want := of(of("5") + "  alf/spikes.times.npy\n" + of("1") + "  spike_times.npy\n"); err != nil || got != want {
		t.Errorf("of links: %s (%v), want %s", got, err, want)
	}
}
