package prepare

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/ingest/ingesttest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// TestSameFromEveryFormat: the same recording in several formats becomes the same
// trials, to the last bit.
func TestSameFromEveryFormat(t *testing.T) {
	dir := t.TempDir()
	for name, path := range map[string]string{
		"nwb":    testenv.Gunzip(t, "../ingest/testdata/nwb_sample.nwb.gz", filepath.Join(dir, "sample.nwb")),
		"arrays": testenv.Gunzip(t, "../ingest/testdata/arrays_sample.h5.gz", filepath.Join(dir, "sample.h5")),
		"csv":    storedCSV(t, filepath.Join(dir, "csv")),
		"sorter": storedSorter(t, filepath.Join(dir, "phy")),
	} {
		r, err := ingest.Open(path, ingest.Options{SampleRate: ingesttest.SampleRate})
		if err != nil {
			t.Fatal(err)
		}
		sample := ingesttest.Sample()
		o := Options{BinMs: 10, Align: "go_cue_time", Window: &Window{-100, 200}, Condition: "target"}
		if r.Units.Len() < sample.Units.Len() { // some formats cannot hold a silent unit
			o.Units.MinRateHz = 1e-9
		}
		want, _, err := Trials(sample, o)
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := Trials(r, o)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		sameDataset(t, name, got, want)
		r.Close()
	}
}

func sameDataset(t *testing.T, name string, got, want *dataset.Dataset) {
	t.Helper()
	for _, s := range [][2]*dataset.Split{{got.Train, want.Train}, {got.Valid, want.Valid}} {
		if s[0].Encod.String() != s[1].Encod.String() || !same(s[0].Encod.Data, s[1].Encod.Data) {
			t.Errorf("%s: other counts, %v, want %v", name, s[0].Encod, s[1].Encod)
		}
		if fmt.Sprint(s[0].TrialIDs, s[0].Condition, got.Conditions) != fmt.Sprint(s[1].TrialIDs, s[1].Condition, want.Conditions) {
			t.Errorf("%s: trials %v of conditions %v, want %v of %v", name, s[0].TrialIDs, s[0].Condition, s[1].TrialIDs, s[1].Condition)
		}
	}
}

func stored(t *testing.T, path string, b []byte) string {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(path), 0o777)
	if err == nil {
		err = os.WriteFile(path, b, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// storedTrials stores the sample's trials as text.
func storedTrials(t *testing.T, path string) {
	var b strings.Builder
	table := ingesttest.Sample().Trials()
	for i, c := range table.Columns {
		fmt.Fprintf(&b, "%s%s", []string{"", "\t"}[min(i, 1)], c.Name)
	}
	for row := range table.Rows {
		for i, c := range table.Columns {
			fmt.Fprintf(&b, "%s%s", []string{"\n", "\t"}[min(i, 1)], c.Text(row))
		}
	}
	stored(t, path, []byte(b.String()))
}

// storedCSV stores the sample as a table of spikes and one of trials.
func storedCSV(t *testing.T, dir string) string {
	t.Helper()
	r := ingesttest.Sample()
	var b strings.Builder
	b.WriteString("unit,time\n")
	for i, id := range r.Units.IDs {
		times, _ := r.Units.Spikes.Times(i)
		for _, at := range times {
			fmt.Fprintf(&b, "%s,%v\n", id, at)
		}
	}
	storedTrials(t, filepath.Join(dir, "trials.tsv"))
	return stored(t, filepath.Join(dir, "spikes.csv"), []byte(b.String()))
}

// storedSorter stores the sample as a folder of phy, in samples.
func storedSorter(t *testing.T, dir string) string {
	t.Helper()
	r := ingesttest.Sample()
	var samples, clusters []int64
	for i, id := range r.Units.IDs {
		times, _ := r.Units.Spikes.Times(i)
		var cluster int64
		fmt.Sscan(id, &cluster)
		for _, at := range times {
			samples, clusters = append(samples, int64(math.Round(at*ingesttest.SampleRate))), append(clusters, cluster)
		}
	}
	storedNPY(t, filepath.Join(dir, "spike_times.npy"), samples)
	storedNPY(t, filepath.Join(dir, "spike_clusters.npy"), clusters)
	stored(t, filepath.Join(dir, "params.py"), fmt.Appendf(nil, "sample_rate = %d\n", ingesttest.SampleRate))
	storedTrials(t, filepath.Join(dir, "trials.tsv"))
	return dir
}

func storedNPY(t *testing.T, path string, values []int64) {
	t.Helper()
	header := fmt.Sprintf("{'descr': '<i8', 'fortran_order': False, 'shape': (%d,), }", len(values))
	header += strings.Repeat(" ", 63-(len(header)+10)%64) + "\n"
	var b bytes.Buffer
	b.WriteString("\x93NUMPY\x01\x00")
	b.Write(binary.LittleEndian.AppendUint16(nil, uint16(len(header))))
	b.WriteString(header)
	if err := binary.Write(&b, binary.LittleEndian, values); err != nil {
		t.Fatal(err)
	}
	stored(t, path, b.Bytes())
}
