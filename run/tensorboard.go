package run

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"slices"
	"time"

	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/tfevents"
)

// eventsName is the name of a generation's event file: TensorBoard reads those
// of a folder in the order of their names.
func eventsName(generation int) string {
	return fmt.Sprintf("events.out.tfevents.%010d.autolfads", generation)
}

// writeEvents writes the epochs of a generation for TensorBoard. One file a
// generation, never changed, lets it follow a run under way; but for the times
// in it, a file follows from the results alone.
func (f *Folder) writeEvents(g generation) error {
	gathered, err := os.ReadFile(f.path(metricsName))
	if err != nil {
		return err
	}
	return durable.WriteFile(f.path(eventsName(g.units[0].Generation)), func(w io.Writer) error {
		first := true
		for i, r := range g.results {
			text, err := f.metricsOf(g.units[i], r, gathered)
			if err != nil {
				return err
			}
			for line := range bytes.Lines(text) {
				var e epochLine
				if err := decodeJSON(f.path(r.Metrics), line, &e); err != nil {
					return err
				}
				if first {
					err = tfevents.Write(w, tfevents.Version(unixSeconds(e.Time)))
				}
				if err == nil {
					err = tfevents.Write(w, epochEvent(e, g.units[i]))
				}
				if err != nil {
					return err
				}
				first = false
			}
		}
		return nil
	})
}

// epochEvent holds the score, the metrics and the hyper-parameters of an
// epoch of a member, under QUANTITY/member-007.
func epochEvent(e epochLine, u Unit) []byte {
	var scalars []tfevents.Scalar
	add := func(name string, v float64) {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			scalars = append(scalars, tfevents.Scalar{Tag: fmt.Sprintf("%s/member-%03d", name, e.Member), Value: float32(v)})
		}
	}
	add("score", float64(e.Score))
	for _, name := range slices.Sorted(maps.Keys(e.Metrics)) {
		add(name, float64(e.Metrics[name]))
	}
	for _, name := range slices.Sorted(maps.Keys(u.Hyper)) {
		add("hyper/"+name, u.Hyper[name])
	}
	return tfevents.Event(unixSeconds(e.Time), int64(e.Epoch), scalars)
}

func unixSeconds(t time.Time) float64 { return float64(t.UnixMicro()) / 1e6 }
