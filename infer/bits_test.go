package infer_test

import (
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/lfads"
)

// Inferred rates have the stored bits on every processor with FMA. They move with the
// version alone: AUTOLFADS_UPDATE=1 writes new ones.
func TestStoredInferredBits(t *testing.T) {
	if !kernel.Supported(kernel.AVX2) {
		t.Skip("this CPU has no AVX2: its bits are its own")
	}
	want := testenv.Stored(t, filepath.Join("testdata", "bits.json"), inferredBits(t))
	for _, level := range kernel.Levels() {
		restore := kernel.Use(level)
		if got := inferredBits(t); kernel.Bits() == "fma" && !maps.Equal(got, want) {
			t.Errorf("%v gives %v, stored is %v", level, got, want)
		}
		restore()
	}
}

// inferredBits are checksums of the rates of each split.
func inferredBits(t *testing.T) map[string]string {
	sums := map[string]string{}
	r := run(t, newModel(t, 2), recording(), 1)
	for name, p := range map[string]*lfads.Posterior{"train": r.Train, "valid": r.Valid, "test": r.Test} {
		h := fnv.New64a()
		for _, v := range p.Rates.Data {
			bits := math.Float32bits(v)
			h.Write([]byte{byte(bits), byte(bits >> 8), byte(bits >> 16), byte(bits >> 24)})
		}
		sums[name] = fmt.Sprintf("%x", h.Sum64())
	}
	return sums
}
