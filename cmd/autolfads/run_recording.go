package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/prepare"
)

// sourceFlags say how a recording is opened and becomes trials, where a command that
// takes files of binned spikes takes recordings, too.
type sourceFlags struct {
	trialFlags
	recordingFlags `group:"Recording:"`
}

// recording is what the flags say of the recording at a path; nil for a file of binned
// spikes of which no flag says anything.
func (f *sourceFlags) recording(path string, typed []string) (*autolfads.Recording, error) {
	if _, _, _, err := ingest.Find(path); err != nil && len(typed) == 0 {
		return nil, nil
	}
	r := &autolfads.Recording{
		Open:    ingest.Options{SampleRate: f.SampleRate, AllUnits: f.AllUnits},
		Command: typedCommand(),
	}
	return r, f.fill(&r.Trials)
}

// typed are the flags among these that a command line has.
func (f *sourceFlags) typed(k *kong.Context) (names []string) {
	own := kong.Must(new(sourceFlags), vars(), kong.Name("")).Model.Flags
	for _, p := range k.Path {
		if p.Flag == nil || slices.Contains(names, "--"+p.Flag.Name) || p.Flag.Name == "help" {
			continue
		}
		if !slices.ContainsFunc(own, func(f *kong.Flag) bool { return f.Name == p.Flag.Name }) {
			continue
		}
		if name := "--" + p.Flag.Name; !p.Resolved {
			names = append(names, name)
		} else if !slices.Contains(names, "--preset") {
			names = append(names, "--preset")
		}
	}
	return names
}

// typedCommand is the command line, such that a shell takes it apart again.
func typedCommand() string { return prepare.Command(append([]string{"autolfads"}, os.Args[1:]...)...) }

// leaveOut adds to the error of a file that is binned already which flags are meant.
func leaveOut(err error, typed []string) error {
	if errors.Is(err, autolfads.ErrBinned) {
		return fmt.Errorf("%w (%s)", err, strings.Join(typed, ", "))
	}
	return err
}
