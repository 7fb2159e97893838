package ingesttest

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// Same reports how a recording differs from the one wanted, in units and spikes,
// trials, and the streams that want has; "": it does not. Every number must be
// the same to the last bit, NaN being NaN. Further columns, tables and streams may
// be there.
func Same(got, want *dataset.Recording) string {
	if d := sameUnits(&got.Units, &want.Units); d != "" {
		return d
	}
	if t := want.Trials(); t != nil {
		if d := sameTable(got.Trials(), t); d != "" {
			return d
		}
	}
	for _, s := range want.Streams {
		if d := sameStream(got.Stream(s.Name), s); d != "" {
			return "stream " + s.Name + ": " + d
		}
	}
	return ""
}

func sameUnits(got, want *dataset.Units) string {
	if !slices.Equal(got.IDs, want.IDs) {
		return fmt.Sprintf("units %v, want %v", got.IDs, want.IDs)
	}
	for i, id := range want.IDs {
		g, err := got.Spikes.Times(i)
		if err != nil {
			return fmt.Sprintf("unit %s: %v", id, err)
		}
		w, _ := want.Spikes.Times(i)
		if d := sameNumbers(g, w); d != "" {
			return "spikes of unit " + id + ": " + d
		}
		if n := got.Spikes.Count(i); n != len(g) {
			return fmt.Sprintf("unit %s: %d spikes counted, %d read", id, n, len(g))
		}
	}
	return ""
}

func sameTable(got, want *dataset.Table) string {
	if got == nil || got.Rows != want.Rows {
		return fmt.Sprintf("no table of %d rows like %s", want.Rows, want.Name)
	}
	for _, w := range want.Columns {
		g := got.Column(w.Name)
		if g == nil {
			return "no column " + w.Name
		}
		if g.Kind() != w.Kind() {
			return fmt.Sprintf("column %s holds %ss, want %ss", w.Name, g.Kind(), w.Kind())
		}
		for i := range want.Rows {
			if g.Text(i) != w.Text(i) {
				return fmt.Sprintf("column %s, row %d: %s, want %s", w.Name, i, g.Text(i), w.Text(i))
			}
		}
		if d := sameNumbers(g.Numbers, w.Numbers); d != "" {
			return "column " + w.Name + ": " + d
		}
	}
	return ""
}

func sameStream(got, want *dataset.Stream) string {
	switch {
	case got == nil:
		return "not there"
	case got.Features != want.Features || got.Len() != want.Len():
		return fmt.Sprintf("%d samples of %d, want %d of %d", got.Len(), got.Features, want.Len(), want.Features)
	case got.Unit != "" && got.Unit != want.Unit: // some formats cannot hold it
		return fmt.Sprintf("unit %q, want %q", got.Unit, want.Unit)
	}
	n := want.Len()
	g, err := got.Data.Read(0, n)
	if err != nil {
		return err.Error()
	}
	w, _ := want.Data.Read(0, n)
	if d := sameNumbers(g, w); d != "" {
		return d
	}
	if g, err = got.Times(0, n); err != nil {
		return err.Error()
	}
	w, _ = want.Times(0, n)
	if d := sameNumbers(g, w); d != "" {
		return "times: " + d
	}
	return ""
}

func sameNumbers(got, want []float64) string {
	if len(got) != len(want) {
		return fmt.Sprintf("%d, want %d", len(got), len(want))
	}
	for i, w := range want {
		if got[i] != w && !(math.IsNaN(got[i]) && math.IsNaN(w)) {
			return fmt.Sprintf("number %d is %v, want %v", i, got[i], w)
		}
	}
	return ""
}
