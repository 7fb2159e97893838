package maths_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"flag"
	"maps"
	"math"
	"os"
	"testing"

	"github.com/autolfads/autolfads/maths"
)

var update = flag.Bool("update", false, "write testdata/bits.json anew")

// The bits of every function over a fixed grid are those stored, whatever the
// machine and GOAMD64 level (CI tests at v1 and v3): a product that the compiler
// fuses into an addition shows here.
func TestStoredBits(t *testing.T) {
	const path = "testdata/bits.json"
	got := map[string]string{"Exp32": checksum32(maths.Exp32), "Horner": checksum(horner, grid())}
	for name, f := range functions {
		got[name] = checksum(f, grid())
	}
	if *update {
		text, _ := json.MarshalIndent(got, "", "  ")
		if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var want map[string]string
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(got, want) {
		t.Errorf("bits have changed:\ngot  %v\nwant %v\n"+
			"If that is meant, go test ./maths -update; members then train to other bits than before.", got, want)
	}
}

// horner evaluates a polynomial whose terms are all of a size about 1.
func horner(x float64) float64 { return maths.Horner(x, []float64{1, -1. / 3, 1. / 7, -1. / 11}) }

// grid holds numbers of both signs and every size, and many about 1.
func grid() []float64 {
	var xs []float64
	const infinity = 0x7FF0000000000000
	for bits := uint64(1); bits < infinity; bits += infinity/20011 + 12345 {
		x := math.Float64frombits(bits)
		xs = append(xs, x, -x)
	}
	for i := range 20000 {
		x := float64(i) * (1. / 611)
		xs = append(xs, x, -x)
	}
	return xs
}

func checksum(f func(float64) float64, xs []float64) string {
	h := sha256.New()
	for _, x := range xs {
		y := f(x)
		if math.IsNaN(y) {
			y = math.NaN() // a processor may give it a sign
		}
		h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(y)))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func checksum32(f func(float32) float32) string {
	wide := func(x float64) float64 { return float64(f(float32(x))) }
	return checksum(wide, grid())
}
