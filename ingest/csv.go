package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/table"
)

// csv reads tables of text: one of spikes, a row with unit and time each, and what
// lies beside it: trials, units, behaviour.
type csv struct{}

// Title implements Source.
func (csv) Title() string { return "CSV or TSV of (unit, time)" }

// textual are the extensions of tables of text.
var textual = []string{".csv", ".tsv", ".txt"}

// spikesNames are what the table of spikes in a folder may be called.
var spikesNames = []string{"spikes", "spike_times", "spiketimes", "spike"}

// Recognise implements Source: a folder with a table of spikes, or a file that is
// a table of text.
func (csv) Recognise(c *Candidate) bool {
	if c.IsDir {
		return spikesIn(c) != ""
	}
	if slices.Contains(textual, strings.ToLower(filepath.Ext(c.Path))) {
		return !bytes.Contains(bytes.TrimPrefix(c.Head, []byte("\xff\xfe")), []byte{0, 0}) && len(c.Head) > 0
	}
	r, err := table.NewReader(bytes.NewReader(c.Head))
	return err == nil && r.Columns > 1 && len(r.Sample()) > 1 && timeAndUnit(r) == nil
}

// timeAndUnit returns nil if a table has a column of units and one of times.
func timeAndUnit(r *table.Reader) error { return new(spikeTable).begin(r) }

// spikesIn is the name of the table of spikes in a folder; "" if there is none.
func spikesIn(c *Candidate) string {
	for _, name := range spikesNames {
		for _, ext := range textual {
			if c.Has(name + ext) {
				return name + ext
			}
		}
	}
	return ""
}

// Open implements Source.
func (csv) Open(c *Candidate, o Options) (*dataset.Recording, error) {
	path, beside := c.Path, besideFile(c.Path)
	if c.IsDir {
		path = filepath.Join(c.Path, spikesIn(c))
		beside = besideIn(c)
	}
	r := &dataset.Recording{Name: baseName(c.Path)}
	if !c.IsDir {
		r.Beside = beside
	}
	if err := readSpikes(path, o, r); err != nil {
		if c.IsDir {
			err = fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
		return nil, err
	}
	for _, path := range beside {
		if err := addTable(r, path, o); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// readSpikes reads the table of spikes into a recording.
func readSpikes(path string, o Options, r *dataset.Recording) error {
	s := &spikeTable{options: o, known: map[string]int{}}
	if err := eachRow(path, o.Progress, s.begin, s.take); err != nil {
		return err
	}
	if s.rows == 0 {
		return errors.New("it has no spikes: no row below the names")
	}
	return s.finish(r)
}
