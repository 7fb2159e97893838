package outputs

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// Source says where rates come from; it becomes attributes.
type Source struct {
	Version  string // of this program
	Run      string // run folder, checkpoint or method
	Data     string // data file
	Settings []Setting
}

// Setting is one of those that rates were made with.
type Setting struct {
	Name  string
	Value any // text, a number, or several
}

// Attributes of a file.
const (
	attrVersion = "autolfads_version"
	attrRun     = "run"
	attrData    = "data"
	attrNeurons = "unit_ids"
	attrAside   = "set_aside_ids"
	attrShare   = "split_share"
	attrSeed    = "split_seed"
)

// Write writes what is known of a dataset's trials to an HDF5 file, through a temporary
// file. For each split ("train", "valid", "test") and each quantity there is a data set,
// with its unit as an attribute: that of rates as the content says, or the recording's,
// where the data have a scale (dataset.Scale): numbers are brought back to it:
//
//	train_output_params  rates, expected data      [trials, bins, neurons], neurons in the order of the data file
//	train_NAME           each other quantity       [trials, bins, dims], or [trials, dims]
//	train_start_bin      where each window of a continuous recording begins
//	train_inds           index of each trial in the recording
//
// and, over all splits in the recording's own order, trial_ids and, for counts
// in bins of known width, rates_hz (spikes per second); of windows of a continuous
// recording, the group continuous (see writeContinuous). Attributes say where
// the file comes from; trial_ids_note, if some of the trials' ids are not the
// data file's; unit_ids, if the data file has them; set_aside_ids, of neurons that the model
// never saw and that are not among the rates; and where a prepared one comes from
// (source, source_sha256, prepare_command and what else Dataset.Attributes keeps).
//
// Where the content says whose what is, arrays have that as the attribute of.
func Write(path string, d *dataset.Dataset, of Content, from Source) error {
	return create(path, func(w *writer) error { return w.write(d, &of, from) })
}

// write writes what is known of a dataset's trials into the writer's group.
func (w *writer) write(d *dataset.Dataset, of *Content, from Source) error {
	numbers := d.Numbering()
	splits := parts(d, of, &numbers)
	if len(splits) == 0 {
		return errors.New("outputs: there are no rates of any split to write")
	}
	for _, s := range splits {
		if err := s.write(w); err != nil {
			return err
		}
	}
	hz := d.BinWidth
	if !of.Counts {
		hz = 0
	}
	if err := writeOriginalOrder(w, splits, numbers.Recorded, hz); err != nil {
		return err
	}
	if w.group == "" {
		if err := writeContinuous(w, d, splits, hz); err != nil {
			return err
		}
	}
	return cmp.Or(writeSource(w, d.BinWidth, numbers.Note, from), writeDivision(w, d.Divided), writeOrigin(w, d))
}

// writeSource says where rates come from.
func writeSource(w *writer, width time.Duration, note string, from Source) error {
	all := slices.Concat(
		[]Setting{{attrVersion, from.Version}, {attrRun, from.Run}, {attrData, from.Data}},
		from.Settings,
		[]Setting{{"bin_width_ms", float64(width) / 1e6}, {"trial_ids_note", note}},
	)
	for _, a := range all {
		if a.Value == "" {
			continue
		}
		if err := w.setAttr(a.Name, a.Value); err != nil {
			return err
		}
	}
	return nil
}

// writeOrigin says which recording a prepared data file was made of, and how, and what
// its neurons are called.
func writeOrigin(w *writer, d *dataset.Dataset) error {
	for _, ids := range []struct {
		name string
		of   []string
	}{{attrNeurons, d.Neurons}, {attrAside, d.SetAside}} {
		if len(ids.of) == 0 {
			continue
		}
		if err := w.setAttr(ids.name, ids.of); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.Attributes)) {
		if err := w.setAttr(name, d.Attributes[name]); err != nil {
			return err
		}
	}
	return nil
}

// writeDivision says how trials were divided, if the data file did not say which
// validate.
func writeDivision(w *writer, by *dataset.Division) error {
	if by == nil {
		return nil
	}
	if err := w.setAttr(attrShare, by.Share); err != nil {
		return err
	}
	return w.setAttr(attrSeed, by.Seed)
}
