package config

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// gappy is a recording with a missing value in each split.
func gappy() *dataset.Dataset {
	split := func() *dataset.Split {
		a := dataset.NewArray(3, 8, 2)
		for i := range a.Data {
			a.Data[i] = float32(i * i % 3)
		}
		a.Data[5] = float32(math.NaN())
		return &dataset.Split{Encod: a, Recon: a}
	}
	return &dataset.Dataset{Name: "gappy", BinWidth: 10 * time.Millisecond, Train: split(), Valid: split()}
}

// What is missing is told before what is hardly meant, or refused.
func TestMissingIsToldOrRefused(t *testing.T) {
	c := Default()
	var told []string
	tell := func(sentence string) { told = append(told, sentence) }
	if err := c.LookThrough(gappy(), "gappy.h5", tell); err != nil {
		t.Fatal(err)
	}
	if len(told) == 0 || !strings.HasPrefix(told[0], "missing data: 2.08 % of 96 values are not observed (NaN); neurons that miss most: 1 (4.17 %); trials that miss most: ") {
		t.Errorf("it tells %q", told)
	}
	c.Data.Missing = MissingRefuse
	if err := c.LookThrough(gappy(), "gappy.h5", tell); err == nil || !strings.Contains(err.Error(), "trial 0, bin 2, neuron 1 is NaN") {
		t.Errorf("refused with %v", err)
	}
	d := gappy()
	d.Train.Recon.Data[5], d.Valid.Recon.Data[5], told = 0, 0, nil
	if err := c.LookThrough(d, "whole.h5", tell); err != nil || len(told) > 0 && strings.Contains(told[0], "missing") {
		t.Errorf("without gaps: %v, %q", err, told)
	}
}

// What a caller says goes before what a run says; a word that is none is an error
// before a file is read.
func TestMissingOfTheCallerGoesFirst(t *testing.T) {
	for _, c := range []struct{ caller, run, want string }{{"", "refuse", "refuse"}, {"hidden", "refuse", "hidden"}, {"", "hidden", "hidden"}} {
		if got := (Data{Missing: c.caller}).Or(Data{Missing: c.run}).Missing; got != c.want {
			t.Errorf("%q or %q: %q", c.caller, c.run, got)
		}
	}
	none := Data{Missing: "none"}
	if _, err := none.Load("nowhere.h5"); err == nil || !strings.Contains(err.Error(), `data.missing is "none"`) {
		t.Error(err)
	}
	all := Default()
	all.Data = none
	if err := all.Check(); err == nil || !strings.Contains(err.Error(), `data.missing is "none"`) {
		t.Error(err)
	}
}
