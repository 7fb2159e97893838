package ingest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/ingest/ingesttest"
)

func TestALF(t *testing.T) {
	ingesttest.Run(t, ingesttest.Case{
		Source: "alf", Write: storeALF, Holds: silent,
		Files: []string{"alf/probe00/spikes.times.npy", "alf/probe00/spikes.clusters.npy", "alf/_lab_trials.intervals.npy", "alf/trials.target.npy", "alf/hand.vel.npy"},
	})
}

// storeALF stores a session with one probe; trials are in the folder above it.
func storeALF(t testing.TB, dir string, r *dataset.Recording) string {
	var times []float64
	var clusters []int32
	for _, s := range spikesOf(t, r) {
		cluster, err := strconv.Atoi(s.id)
		if err != nil {
			t.Fatal(err)
		}
		times, clusters = append(times, s.at), append(clusters, int32(cluster))
	}
	all, probe := filepath.Join(dir, "alf"), filepath.Join(dir, "alf", "probe00")
	if err := os.MkdirAll(probe, 0o777); err != nil {
		t.Fatal(err)
	}
	save := func(path, descr, shape string, values any) { store(t, path, npyText(descr, shape, values)) }
	numbers := func(path string, values []float64) { save(path, "<f8", fmt.Sprintf("(%d,)", len(values)), values) }
	numbers(filepath.Join(probe, "spikes.times.npy"), times)
	save(filepath.Join(probe, "spikes.clusters.npy"), "<i4", fmt.Sprintf("(%d, 1)", len(clusters)), clusters)
	trials := r.Trials()
	var intervals []float64
	for _, i := range trials.Intervals() {
		intervals = append(intervals, i.Start, i.Stop)
	}
	save(filepath.Join(all, "_lab_trials.intervals.npy"), "<f8", fmt.Sprintf("(%d, 2)", trials.Rows), intervals)
	numbers(filepath.Join(all, "trials.go_cue_times.npy"), trials.Numbers("go_cue_time"))
	numbers(filepath.Join(all, "trials.angle.npy"), trials.Numbers("angle"))
	save(filepath.Join(all, "trials.reward.npy"), "|b1", fmt.Sprintf("(%d,)", trials.Rows), trials.Column("reward").Flags)
	save(filepath.Join(all, "trials.target.npy"), "<U20", fmt.Sprintf("(%d,)", trials.Rows), unicode(trials.Column("target").Words, 20))
	for _, s := range r.Streams {
		object, attribute, _ := strings.Cut(s.Name, "_")
		n := s.Len()
		values, _ := s.Data.Read(0, n)
		clock, _ := s.Times(0, n)
		save(filepath.Join(all, object+"."+attribute+".npy"), "<f8", fmt.Sprintf("(%d, %d)", n, s.Features), values)
		numbers(filepath.Join(all, object+".timestamps.npy"), clock)
	}
	return dir
}

// unicode lays words out as NumPy does, n letters each.
func unicode(words []string, n int) []uint32 {
	letters := make([]uint32, n*len(words))
	for i, w := range words {
		for k, letter := range []rune(w) {
			letters[i*n+k] = uint32(letter)
		}
	}
	return letters
}

// What a curator calls good is a unit, of several probes one must be said, and
// times alone are events.
func TestALFFolders(t *testing.T) {
	dir := t.TempDir()
	save := func(name, descr, shape string, values any) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		store(t, path, npyText(descr, shape, values))
	}
	for _, probe := range []string{"alf/probe00", "alf/probe01"} {
		save(probe+"/spikes.times.0a1b.npy", "<f8", "(4,)", []float64{.5, 1, 1.5, 2})
		save(probe+"/spikes.clusters.0a1b.npy", "<i4", "(4,)", []int32{0, 1, 2, 1})
	}
	save("alf/probe01/clusters._phy_annotation.npy", "<i8", "(3,)", []int64{1, 2, 3})
	save("alf/licks.times.npy", "<f8", "(2,)", []float64{.25, .75})
	store(t, filepath.Join(dir, "alf/_ibl_trials.table.pqt"), "PAR1")
	if _, err := ingest.Open(dir, ingest.Options{}); err == nil || !strings.Contains(err.Error(), "several probes: open one of") {
		t.Errorf("two probes: %v", err)
	}
	r := opened(t, filepath.Join(dir, "alf/probe01"), ingest.Options{})
	if got := strings.Join(r.Units.IDs, " "); got != "1" || r.Units.Total() != 2 {
		t.Errorf("good are %q with %d spikes", got, r.Units.Total())
	}
	if len(r.Events) != 1 || r.Events[0].Name != "licks" || r.Events[0].Rows != 2 {
		t.Errorf("events %+v", r.Events)
	}
	if notes := strings.Join(r.Notes, "; "); !strings.Contains(notes, "_ibl_trials.table.pqt is a Parquet table") {
		t.Errorf("notes %q", notes)
	}
	if all := opened(t, filepath.Join(dir, "alf/probe01"), ingest.Options{AllUnits: true}); all.Units.Len() != 3 {
		t.Errorf("all units are %d", all.Units.Len())
	}
}

// Spikes may lie in a sorter's folder within the probe's, whichever folder is opened;
// signals may have the times of two samples alone.
func TestALFSorters(t *testing.T) {
	dir := t.TempDir()
	save := func(name, descr, shape string, values any) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		store(t, path, npyText(descr, shape, values))
	}
	const probe = "alf/probe00/pykilosort"
	save(probe+"/spikes.times.npy", "<f8", "(2,)", []float64{.5, 1})
	save(probe+"/spikes.clusters.npy", "<i4", "(2,)", []int32{0, 1})
	save("alf/trials.intervals.npy", "<f8", "(1, 2)", []float64{0, 2})
	save("alf/wheel.position.npy", "<f8", "(5, 1)", []float64{1, 2, 3, 4, 5})
	save("alf/wheel.timestamps.npy", "<f8", "(2, 2)", []float64{1, .25, 5, 1.25})
	for _, path := range []string{"", "alf", "alf/probe00", probe, probe + "/spikes.times.npy"} {
		r := opened(t, filepath.Join(dir, path), ingest.Options{})
		wheel := r.Stream("wheel_position")
		if r.Units.Total() != 2 || r.Trials() == nil || wheel == nil {
			t.Fatalf("%q: %d spikes, trials %v, streams %v, notes %q", path, r.Units.Total(), r.Trials(), r.Streams, r.Notes)
		}
		if wheel.Len() != 5 || wheel.Rate != 4 || wheel.Start != 0 {
			t.Errorf("%q: %d samples at %v Hz from %v s, want 5 at 4 from 0", path, wheel.Len(), wheel.Rate, wheel.Start)
		}
	}
	store(t, filepath.Join(dir, probe, "trials.csv"), "intervals_0,intervals_1,choice\n0.25,1.25,1\n")
	if r := opened(t, filepath.Join(dir, probe), ingest.Options{}); r.Trials().Intervals()[0] != (dataset.Interval{Start: .25, Stop: 1.25}) {
		t.Errorf("trials of the table are %v", r.Trials().Intervals())
	}
	save("alf/probe01/spikes.times.npy", "<f8", "(1,)", []float64{.5})
	save("alf/probe01/spikes.clusters.npy", "<i4", "(1,)", []int32{0})
	if _, err := ingest.Open(filepath.Join(dir, "alf"), ingest.Options{}); err == nil || !strings.Contains(err.Error(), "several probes") {
		t.Errorf("a second probe beside the sorter's folder: %v", err)
	}
}
