package kernel

import (
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

func TestChoose(t *testing.T) {
	if got, err := choose(""); err != nil || Level(got.name) != Levels()[0] {
		t.Errorf("by default %+v, want %v (%v)", got, Levels()[0], err)
	}
	for _, l := range Levels() {
		if got, err := choose(l.String()); err != nil || got.name != l.String() {
			t.Errorf("choose(%q) = %+v, %v", l, got, err)
		}
	}
	for _, name := range []string{"AVX2", "sse", "avx512"} {
		if Supported(Level(name)) {
			continue
		}
		_, err := choose(name)
		if err == nil || !strings.Contains(err.Error(), "AUTOLFADS_CPU="+name) || !strings.Contains(err.Error(), "portable") {
			t.Errorf("%s: %v names neither the variable nor what the CPU has", name, err)
		}
	}
}

// A row that this CPU can't run is none.
func TestLevels(t *testing.T) {
	defer func(before []*table) { tables = before }(tables)
	lame := table{name: "lame"}
	tables = append([]*table{&lame}, tables...)
	if Supported("lame") || Levels()[0] == "lame" || strings.Contains(available(), "lame") {
		t.Errorf("%v has a row that does not run", Levels())
	}
	mustPanic(t, "a row that does not run", func() { Use("lame") })
	if all := Levels(); all[len(all)-1] != Portable {
		t.Errorf("%v: portable Go, which is always there, is to be the last", all)
	}
}

func TestUse(t *testing.T) {
	before := Active()
	restore := Use(Portable)
	if Active() != Portable || Bits() != "portable-"+runtime.GOARCH {
		t.Errorf("active is %v with %s after Use(Portable)", Active(), Bits())
	}
	restore()
	if Active() != before {
		t.Errorf("active is %v after restore, was %v", Active(), before)
	}
	mustPanic(t, "no such level", func() { Use("sse") })
}

func TestPeakGFLOPS(t *testing.T) {
	if peakLoop(1) == 0 {
		t.Skipf("no row measures it: this CPU has %s only", available())
	}
	// A CPU does 30 to 300 on one core, and an emulated one more than .1.
	if p := PeakGFLOPS(); p < .1 || p > 1000 {
		t.Errorf("peak %v GFLOP/s", p)
	}
}

// TestNoAllocation runs every kernel with a tail, on memory of the caller's
// stack where it can be there.
func TestNoAllocation(t *testing.T) {
	const n, w = 3*8 + 5, 8
	eachLevel(t, func(t *testing.T) {
		a, b, c := NewPacked(3, 2), make([]float32, 16*16*w), make([]float32, 16*16)
		x, keep := make([]float32, 3*w), make([]uint8, 3*MaskBytes(w))
		k0, k1 := make([]uint32, w), make([]uint32, w)
		sum, places, wide := 0., []int32{0}, make([]float64, 12*12)
		allocs := testing.AllocsPerRun(10, func() {
			var p, q, r, s [n]float32
			Gemm(c, a, b, w, b)
			GemmAdd(c, c, a, b, w)
			Transpose(b, x, 3, w, 0, 1)
			Outer(c, 16, x, 3, 3*w, b, 3, 1, w)
			GRUReset(p[:], q[:], r[:], s[:])
			GRUOutput(p[:], q[:], r[:], s[:], 1)
			GRUOutputBackward(p[:], q[:], r[:], s[:], 1)
			GRUResetBackward(p[:], q[:], r[:], s[:])
			Add(p[:], q[:])
			AddSteps(p[:], q[:], 1, 0)
			ExpTo(p[:], q[:])
			AddRows(c, 16, places, b, 1, places, x)
			FromRows(c, b, 3, w, 16)
			DropoutMask(keep, k0, k1, 0, 3, w, 1<<31)
			Drop(x, x, keep, 1, w)
			Normals(x, k0, k1, 0, 3, w)
			Poisson(x, x, x, keep, c, c, w)
			Poisson(x[:3], x[:3], x[:3], keep, c, c, 1)
			LogTo(p[:], q[:])
			Gamma(b[:6*w], b[:6*w], x, keep, keep, c, c, w)
			Gamma(b[:6], b[:6], x[:3], keep, keep, c, c, 1)
			Gaussian(b[:6*w], b[:6*w], x, keep, keep, c, c, w)
			Gaussian(b[:6], b[:6], x[:3], keep, keep, c, c, 1)
			sum += SumSquares(p[:])
			Adam(p[:], q[:], r[:], s[:], &AdamStep{Epsilon: 1})
			Panels(wide, ProductPanel, wide, wide, 1)
		})
		if allocs != 0 {
			t.Errorf("%v allocations, want none", allocs)
		}
	})
}

// TestAVX2Registers: avo gives out registers 16 to 31 when 0 to 15 are taken,
// and only AVX-512 has them.
func TestAVX2Registers(t *testing.T) {
	text, err := os.ReadFile("kernel_amd64.s")
	if err != nil {
		t.Skipf("the sources are not here: %v", err) // a test binary elsewhere
	}
	high := regexp.MustCompile(`\b(Z\d+|[XY](1[6-9]|2\d|3[01])|K[0-7])\b`)
	functions := 0
	for _, f := range strings.Split(string(text), "\nTEXT ")[1:] {
		name, body, _ := strings.Cut(f, "\n")
		if !strings.Contains(name, "AVX2") {
			continue
		}
		functions++
		if r := high.FindString(body); r != "" {
			t.Errorf("%s uses %s", name, r)
		}
	}
	if functions < 10 {
		t.Errorf("found %d functions for AVX2", functions)
	}
}
