package ingest

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
)

// Columns of units that are cells of channels x units.
const (
	columnChannel = "channel" // its name
	columnUnit    = "unit"    // the unit's place on it, from 0 on
)

// byChannel adds what is known of units that are cells of channels x units: the channel
// of each, and its place there.
func (a *arrays) byChannel(channels []string, each int) {
	rows := len(channels) * each
	names, places := make([]string, rows), make([]float64, rows)
	for i := range rows {
		names[i], places[i] = channels[i/each], float64(i%each)
	}
	a.r.Units.Columns = dataset.Table{Rows: rows, Columns: []*dataset.Column{{Name: columnChannel, Words: names}, {Name: columnUnit, Numbers: places}}}
}

// reachingStreams are the kinematics of the primate reaching set (O'Doherty, Cardoso,
// Makin and Sabes: Nonhuman Primate Reaching with Multichannel Sensorimotor Cortex
// Electrophysiology, Zenodo 583331), whose units and axes its description tells and
// its files do not.
var reachingStreams = []struct {
	name, unit string
	axes       []string
}{
	{"cursor_pos", "mm", []string{"x", "y"}},
	{"target_pos", "mm", []string{"x", "y"}},
	{"finger_pos", "cm", []string{"z", "-x", "-y"}},
	{"finger_pos", "cm", []string{"z", "-x", "-y", "azimuth", "elevation", "roll"}},
}

// IsReaching reports whether a recording is laid out as those of the primate reaching
// set: units of channels, beside a cursor, targets and a finger.
func IsReaching(r *dataset.Recording) bool {
	columns := &r.Units.Columns
	if columns.Column(columnChannel) == nil || columns.Column(columnUnit) == nil {
		return false
	}
	return r.Stream("cursor_pos") != nil && r.Stream("target_pos") != nil && r.Stream("finger_pos") != nil
}

// reaching adds units and axes to the streams of a file laid out as those of the
// primate reaching set are.
func (a *arrays) reaching() {
	if !IsReaching(a.r) {
		return
	}
	for _, known := range reachingStreams {
		if s := a.r.Stream(known.name); s.Features == len(known.axes) && s.Unit == "" && s.Names == nil {
			s.Unit, s.Names = known.unit, known.axes
			s.About = fmt.Sprintf("as the description of the primate reaching set says: %s in %s", known.name, known.unit)
		}
	}
	a.note("the file is laid out as the primate reaching set: unit 0 of a channel is its unsorted spikes; cursor_pos and target_pos are in mm, finger_pos in cm in the order z, -x, -y")
}
