package ingest_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
)

func store(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func exact(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// spikesText is a table of units and times, in the order of times, as recorders
// write it.
func spikesText(t testing.TB, r *dataset.Recording, comma string) string {
	var b strings.Builder
	b.WriteString("unit" + comma + "time_s\n")
	for _, s := range spikesOf(t, r) {
		fmt.Fprintf(&b, "%s%s%s\n", s.id, comma, exact(s.at))
	}
	return b.String()
}

type spike struct {
	id string
	at float64
}

// spikesOf are all spikes, one of each unit in turn.
func spikesOf(t testing.TB, r *dataset.Recording) (all []spike) {
	for k, more := 0, true; more; k++ {
		more = false
		for i, id := range r.Units.IDs {
			train, err := r.Units.Spikes.Times(i)
			if err != nil {
				t.Fatal(err)
			}
			if k < len(train) {
				all, more = append(all, spike{id, train[k]}), true
			}
		}
	}
	return all
}

// tableText is a table with names, as spreadsheets write it.
func tableText(t *dataset.Table) string {
	var b strings.Builder
	for i, c := range t.Columns {
		b.WriteString(strings.Repeat(",", min(i, 1)) + c.Name)
	}
	for row := range t.Rows {
		for i, c := range t.Columns {
			field := c.Text(row)
			if c.Numbers != nil {
				if field = exact(c.Numbers[row]); math.IsNaN(c.Numbers[row]) {
					field = ""
				}
			}
			if strings.Contains(field, ",") {
				field = `"` + field + `"`
			}
			b.WriteString([]string{"\r\n", ","}[min(i, 1)] + field)
		}
	}
	return b.String() + "\r\n"
}

// streamText is a stream with its times.
func streamText(t testing.TB, s *dataset.Stream) string {
	times, err := s.Times(0, s.Len())
	values, err2 := s.Data.Read(0, s.Len())
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	b := strings.Builder{}
	b.WriteString("time")
	for i := range s.Features {
		fmt.Fprintf(&b, "\tx%d", i)
	}
	for i, at := range times {
		b.WriteString("\n" + exact(at))
		for _, v := range values[i*s.Features : (i+1)*s.Features] {
			b.WriteString("\t" + exact(v))
		}
	}
	return b.String() + "\n"
}

// storeBeside stores what is not spikes in a folder.
func storeBeside(t testing.TB, dir string, r *dataset.Recording) {
	store(t, filepath.Join(dir, "trials.csv"), tableText(r.Trials()))
	for _, s := range r.Streams {
		store(t, filepath.Join(dir, s.Name+".tsv"), streamText(t, s))
	}
}

// silent takes the unit out that has no spikes.
func silent(r *dataset.Recording) {
	trains := r.Units.Spikes.(dataset.SpikeTrains)
	r.Units.IDs = append(r.Units.IDs[:2:2], r.Units.IDs[3:]...)
	r.Units.Spikes = append(trains[:2:2], trains[3:]...)
}

// npyText is a file of NumPy.
func npyText(descr string, shape string, values any) string {
	header := "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }\n"
	b := append([]byte("\x93NUMPY\x01\x00"), byte(len(header)), 0)
	b, _ = binary.Append(append(b, header...), binary.LittleEndian, values) // of numbers, cannot fail
	return string(b)
}

// opened opens a recording that must open.
func opened(t testing.TB, path string, o ingest.Options) *dataset.Recording {
	t.Helper()
	r, err := ingest.Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// told tells units and spikes in one line.
func told(t testing.TB, r *dataset.Recording) string {
	s := ""
	for i, id := range r.Units.IDs {
		times, err := r.Units.Spikes.Times(i)
		if err != nil {
			t.Fatal(err)
		}
		s += fmt.Sprint(id, times)
	}
	return s
}

// refused opens what must not open, and holds the error to what it should say.
func refused(t testing.TB, path string, o ingest.Options, says string) {
	t.Helper()
	r, err := ingest.Open(path, o)
	if err == nil {
		r.Close()
	}
	if text := fmt.Sprint(err); err == nil || !strings.Contains(text, says) || strings.Contains(text, "\n") || !strings.Contains(text, path) {
		t.Errorf("%s: %v; should say %q in one line", filepath.Base(path), err, says)
	}
}
