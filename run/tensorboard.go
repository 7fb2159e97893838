package run

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"slices"
	"time"

	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/tfevents"
)

// eventsName is the name of a generation's event file: TensorBoard reads those
// of a folder in the order of their names, the next when one has ended.
func eventsName(generation int) string {
	return fmt.Sprintf("events.out.tfevents.%010d.autolfads", generation)
}

// eventFile is a generation's event file: an event for each epoch of its
// members, added as epochs end. An event is known by all it says but the time:
// so an epoch that is trained again after a kill, with the same bits, is there
// once. The file follows from the attempts' metrics; nothing rests on it.
type eventFile struct {
	file *durable.File
	held map[[sha256.Size]byte]bool
}

// openEvents opens a generation's event file to go on with it, without what a
// kill or a full disk left of a last event.
func (f *Folder) openEvents(generation int) (*eventFile, error) {
	path := f.path(eventsName(generation))
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	events, whole := tfevents.Whole(text)
	file, err := durable.Append(path, int64(whole))
	if err != nil {
		return nil, err
	}
	e := &eventFile{file, map[[sha256.Size]byte]bool{}}
	for _, event := range events {
		e.held[sha256.Sum256(tfevents.Timeless(event))] = true
	}
	return e, nil
}

// add adds an epoch of u, unless it is there.
func (e *eventFile) add(line EpochRecord, u Unit) error {
	if len(e.held) == 0 {
		if err := e.write(tfevents.Version(unixSeconds(line.Time))); err != nil {
			return err
		}
	}
	return e.write(epochEvent(line, u))
}

func (e *eventFile) write(event []byte) error {
	sum := sha256.Sum256(tfevents.Timeless(event))
	if e.held[sum] {
		return nil
	}
	e.held[sum] = true
	return tfevents.Write(e.file, event)
}

// completeEvents makes a completed generation's event file hold all its epochs.
func (f *Folder) completeEvents(g generation) error {
	gathered, err := os.ReadFile(f.path(metricsName))
	if err != nil {
		return err
	}
	e, err := f.openEvents(g.units[0].Generation)
	if err != nil {
		return err
	}
	if err := errors.Join(e.fill(f, g, gathered), e.file.Close()); err != nil {
		return err
	}
	return durable.SyncFolder(f.Dir)
}

// fill adds what is missing of a completed generation, and makes it durable.
func (e *eventFile) fill(f *Folder, g generation, gathered []byte) error {
	for i, r := range g.results {
		lines, err := f.metricsOf(g.units[i], r, gathered)
		if err != nil {
			return err
		}
		for text := range bytes.Lines(lines) {
			var line EpochRecord
			err := decodeJSON(f.path(r.Metrics), text, &line)
			if err == nil {
				err = e.add(line, g.units[i])
			}
			if err != nil {
				return err
			}
		}
	}
	return e.file.Sync()
}

// epochEvent holds the score, the metrics and the hyper-parameters of an
// epoch of a member, under QUANTITY/member-007.
func epochEvent(e EpochRecord, u Unit) []byte {
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
