package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/prepare"
)

// recordingFlags say what a recording may leave open.
type recordingFlags struct {
	SampleRate float64 `help:"Sampling rate in Hz of spike times that are in samples, if no file says it." placeholder:"HZ"`
	AllUnits   bool    `help:"Take every unit of a spike sorter's folder, not only those called good."`
}

func (f *recordingFlags) options(p *progress) ingest.Options {
	return ingest.Options{SampleRate: f.SampleRate, AllUnits: f.AllUnits, Progress: p.read}
}

// infoRecording says what is in a recording that is not binned.
func infoRecording(path string, f recordingFlags, asJSON bool) error {
	p := newProgress("", false)
	r, err := ingest.Open(path, f.options(p))
	if err != nil {
		return err
	}
	defer r.Close()
	survey, err := ingest.Take(r, p.read)
	if err != nil {
		return fmt.Errorf("ingest: %s: %w", path, err)
	}
	d, err := ingest.Describe(r, survey)
	if err != nil {
		return fmt.Errorf("ingest: %s: %w", path, err)
	}
	if d.Next = suggestPreset(r, path); d.Next == "" {
		d.Next = prepare.Suggest(r, survey, path, f.options(p))
	}
	p.done()
	if asJSON {
		return json.NewEncoder(os.Stdout).Encode(d)
	}
	fmt.Print(d)
	return nil
}
