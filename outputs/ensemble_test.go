package outputs

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Of an ensemble's file the mean is read without factors, which are one model's, and that
// model alone, with its factors, from the group single.
func TestEnsemble(t *testing.T) {
	d := session()
	train, valid, test := estimates(d)
	names := []string{"A", "B"}
	mean := OfCounts(estimate(d.Train, 5), estimate(d.Valid, 6), estimate(d.Test, 7))
	single := OfCounts(train, valid, test)
	mean.Of, single.Of = "mean of 2 runs: A, B", "A"
	for _, p := range []*Part{mean.Train, mean.Valid, mean.Test, single.Train, single.Valid, single.Test} {
		p.Others[0].Of = "A"
	}
	path := filepath.Join(t.TempDir(), "rates.h5")
	err := WriteEnsemble(path, d,
		Rates{mean, Source{Version: "1", Run: "mean of 2 runs: A, B", Settings: OfEnsemble(names)}},
		Rates{single, Source{Version: "1", Run: "A"}})
	if err != nil {
		t.Fatal(err)
	}

	f := read(t, path, d)
	if !slices.Equal(f.Models, names) || f.Run != "mean of 2 runs: A, B" || f.Layout != OfAutoLFADS {
		t.Errorf("%+v", f)
	}
	if f.Train.Factors != nil || f.Valid.Factors != nil {
		t.Error("factors of one model are taken for those of the mean")
	}
	wantSame(t, "the mean", f.Valid.Rates, estimate(d.Valid, 6).Rates)

	f, err = ReadGroup(path, GroupSingle, d)
	if err != nil || f.Models != nil || f.Run != "A" || !f.Counts {
		t.Fatalf("%+v, %v", f, err)
	}
	wantSame(t, "A", f.Train.Rates, train.Rates)
	wantSame(t, "A's factors", f.Train.Factors, train.Factors)

	all, err := Describe(path)
	if err != nil || len(all) != 2 || all[1].Group != "single" || !strings.Contains(all[0].String(), "made by      mean of 2 runs: A, B\n") {
		t.Errorf("%v, %v", all, err)
	}
}
