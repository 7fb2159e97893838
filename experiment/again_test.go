package experiment

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What was chosen is trained again in folders of its own, and scored; a cell that is there
// gains these scores and keeps the others, and the same call makes nothing twice.
func TestAgain(t *testing.T) {
	dir := t.TempDir()
	data, out := filepath.Join(dir, "data.h5"), filepath.Join(dir, "out")
	recording(t, data)
	s := search(t, data, out)
	s.Ways = Ways()[:1]
	path := filepath.Join(out, "cells", "ours-1-101.json")
	run := func() *Cell {
		t.Helper()
		if err := s.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		c, err := ReadCell(path)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	before := run()
	s.Again, s.Command = 2, "autolfads experiment search --again=2"
	after := run()
	if !strings.HasPrefix(after.Command, s.Command) {
		t.Errorf("%q does not make the cell", after.Command)
	}
	for _, v := range variants() {
		is, _ := after.scored(v.name, "nll")
		if was, ok := before.scored(v.name, "nll"); ok && is != was {
			t.Errorf("%s: %v became %v", v.name, was, is)
		}
	}
	seen := map[float64]bool{}
	for _, v := range append(variants()[:1], againVariants()...) {
		nll, ok := after.scored(v.name, "nll")
		if !ok || seen[nll] {
			t.Errorf("%s has nll %v (%v), as another has, or none", v.name, nll, ok)
		}
		seen[nll] = true
	}
	was, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	run()
	if is, err := os.Stat(path); err != nil || !is.ModTime().Equal(was.ModTime()) {
		t.Errorf("the cell was made again (%v)", err)
	}
}
