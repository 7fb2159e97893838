package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/guard"
	"github.com/autolfads/autolfads/prepare"
	"github.com/autolfads/autolfads/report"
)

// overviewFlags say where the figure of what was made goes.
type overviewFlags struct {
	Overview   string `help:"PNG or SVG file to draw what was made into; must not exist. Beside the file, under a name that is free, if not given." type:"path" placeholder:"FILE"`
	NoOverview bool   `help:"Draw nothing."`
}

// path is where the figure goes; "": there is none. An error says why it cannot.
func (f *overviewFlags) path(out string) (string, error) {
	if f.NoOverview {
		if f.Overview != "" {
			return "", errors.New("--overview says where to draw, --no-overview not to: leave out one of them")
		}
		return "", nil
	}
	path := f.Overview
	if path == "" {
		dir := filepath.Dir(out)
		path = filepath.Join(dir, prepare.FreeName(dir, out, ".png"))
	}
	if err := report.CheckPath(path); err != nil {
		return "", fmt.Errorf("%w (--overview)", err)
	}
	if path == out {
		return "", fmt.Errorf("%s would be the file of trials and their figure: give another --out, or --overview", out)
	}
	if _, err := os.Lstat(path); err == nil {
		return "", fmt.Errorf("%s exists, and what is made would be drawn there: remove it, give another --overview, or draw nothing (--no-overview)", path)
	}
	if dir, err := os.Stat(filepath.Dir(path)); err != nil || !dir.IsDir() {
		return "", fmt.Errorf("%s cannot be drawn: there is no folder %s; make it, or give another --overview", path, filepath.Dir(path))
	}
	return path, nil
}

// draw draws what was made. The trials are written by then: what goes wrong is said, and
// no more. It returns the path, "" if there is no figure.
func (f *overviewFlags) draw(out string, d *dataset.Dataset, r *prepare.Report) string {
	path, err := f.path(out)
	if err == nil && path != "" {
		err = guard.Call(func() error { return report.RecordingOf(d, r).Write(path) })
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "autolfads: what was made was not drawn: %v\n", err)
		return ""
	}
	return path
}
