package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads"
)

// What cannot be meant is refused: a file beside itself, figures in a file, a negative number
// of draws.
func TestEvaluateRefuses(t *testing.T) {
	dir := t.TempDir()
	data, rates := filepath.Join(dir, "reaches.h5"), filepath.Join(dir, "rates.h5")
	reaches(t, data)
	ratesAt(t, rates, "valid_output_params")
	refuseIn(t, dir, []string{"rates.h5 is given twice"}, "evaluate", rates, rates, "--data", data)
	folder := filepath.Join(rates, "figures")
	refuse(t, []string{"figures cannot be written to " + folder, "not a directory", "--figures"}, "evaluate", rates, "--data", data, "--figures", folder)
	refuse(t, []string{"--draws -1: intervals"}, "evaluate", rates, "--data", data, "--draws=-1")
}

// Ctrl-C is told as what it is.
func TestEvaluateInterrupted(t *testing.T) {
	dir := t.TempDir()
	data, rates := filepath.Join(dir, "reaches.h5"), filepath.Join(dir, "rates.h5")
	reaches(t, data)
	ratesAt(t, rates, "valid_output_params", "train_output_params")
	ctx, cancel := context.WithCancelCause(t.Context())
	_, err := autolfads.Evaluate(ctx, autolfads.Evaluation{
		Files: []string{rates}, Data: data, Draws: 100,
		Observer: autolfads.Observer{Scored: func(string, int, int) { cancel(errors.New("the user went home")) }},
	})
	if err == nil || !strings.Contains(err.Error(), "stopped (the user went home)") {
		t.Errorf("interrupted: %v", err)
	}
}
