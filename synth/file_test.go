package synth

import (
	"path/filepath"
	"reflect"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// Every set comes back from its file as it was, but for what Load has to add.
func TestSetsGoThroughFiles(t *testing.T) {
	for _, want := range []*dataset.Dataset{
		mustLorenz(t, smallLorenz(1)), mustChaotic(t, smallChaotic(1)), mustEMG(t, smallEMG(1)), mustCalcium(t, smallCalcium(1)),
	} {
		path := filepath.Join(t.TempDir(), want.Name+".h5")
		if err := want.Write(path); err != nil {
			t.Fatal(err)
		}
		got, err := dataset.Load(path, dataset.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(splits(got), splits(want)) {
			t.Errorf("%s: the trials differ", want.Name)
		}
		if got.Name != want.Name || got.BinWidth != want.BinWidth || got.Oracle != want.Oracle || got.OracleLikelihood != want.OracleLikelihood {
			t.Errorf("%s: %v, oracle %v of %q; want %v, oracle %v of %q", got.Name,
				got.BinWidth, got.Oracle, got.OracleLikelihood, want.BinWidth, want.Oracle, want.OracleLikelihood)
		}
		if got.TruthDivisor != 1 || len(got.Unread) > 0 {
			t.Errorf("%s: truth is divided by %v, unread %q", got.Name, got.TruthDivisor, got.Unread)
		}
	}
}
