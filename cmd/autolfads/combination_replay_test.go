package main

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
)

// replayed trains the row's model again by its own schedule, and once more killed on the
// way; without figures.
func (r *judge) replayed() error {
	out := filepath.Join(r.dir, "replay")
	begin := r.replay(out)
	got := execute(r.t, sound(begin...))
	if err := got.fault(begin); err != nil {
		return err
	}
	if err := r.checkRates(filepath.Join(out, "outputs", "tiny.h5"), r.sizes()); err != nil {
		return err
	}
	want, err := promisedFiles(out)
	if err != nil {
		return err
	}
	if validates := bytes.Contains(want["metrics.jsonl"], []byte("valid/recon")); validates == r.is("replay", "of all trials") {
		return fmt.Errorf("replay %s: metrics of validation: %v", r.combination["replay"], validates)
	}
	return r.replayedAgain(want)
}

// replay returns the arguments of the replay of a row.
func (r *judge) replay(out string) []string {
	args := []string{"replay", r.out, "--out", out}
	switch {
	case r.is("replay", "of all trials"):
		args = append(args, "--all-trials")
	case r.is("replay", "of two seeds"):
		args = append(args, "--seeds", "2")
	}
	return args
}

// replayedAgain kills a replay in the middle, and wants the same bytes in the end.
func (r *judge) replayedAgain(want map[string][]byte) error {
	out := filepath.Join(r.dir, "replay again")
	const early = 20 // changes on disk: every replay makes more
	args := append(r.replay(out), "--workers", "1")
	if got := execute(r.t, broken(fmt.Sprintf("kill %d;often", early), args...)); got.code != -1 {
		return fmt.Errorf("replay, to be killed at change %d: exit code %d: %s", early, got.code, got.stderr)
	}
	again := goOn(out, args)
	if err := execute(r.t, sound(again...)).fault(again); err != nil {
		return err
	}
	files, err := promisedFiles(out)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if !bytes.Equal(files[name], want[name]) {
			return fmt.Errorf("replay killed at change %d and resumed: %s differs", early, name)
		}
	}
	return nil
}
