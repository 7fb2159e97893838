package kernel

import (
	"encoding/binary"
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/rng"
)

var update = flag.Bool("update", false, "write testdata/bits.txt anew: only after a wanted change of bits")

const bitsFile = "testdata/bits.txt"

// output is what one kernel computed from fixed numbers.
type output struct {
	kernel string
	values []float32
}

// TestBits compares a hash of every kernel's output with testdata/bits.txt, so
// that all machines, and all rows that claim the same bits, are held to them.
func TestBits(t *testing.T) {
	if *update {
		writeBits(t)
	}
	want := readBits(t)
	eachLevel(t, func(t *testing.T) {
		for _, o := range outputs() {
			key := o.kernel + " " + class(active)
			if got := hash(o.values); got != want[key] {
				t.Errorf("%s: hash %s, want %s", key, got, want[key])
			}
		}
	})
}

// TestSameBits says where rows of one class part, if they do.
func TestSameBits(t *testing.T) {
	before := map[string][]output{} // by class, of the first row
	eachLevel(t, func(t *testing.T) {
		got, want := outputs(), before[active.bits]
		if want == nil {
			before[active.bits] = got
			return
		}
		for i, o := range got {
			sameBits(t, o.kernel, o.values, want[i].values)
		}
	})
}

// class names what rows with the same bits have in common. The numbers of this
// file are the same in portable Go on every architecture.
func class(row *table) string {
	name, _, _ := strings.Cut(row.bits, "-"+runtime.GOARCH)
	return name
}

func hash(x []float32) string {
	h := fnv.New64a()
	for _, v := range x {
		var b [4]byte
		binary.LittleEndian.PutUint32(b[:], math.Float32bits(v))
		h.Write(b[:])
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// writeBits takes each class from the last row of the list that has it, of this
// CPU; lines of other classes stay.
func writeBits(t *testing.T) {
	var s strings.Builder
	written := map[string]bool{}
	for _, row := range slices.Backward(tables) {
		if name := class(row); row.runs && !written[name] {
			written[name] = true
			restore := useRow(row)
			for _, o := range outputs() {
				fmt.Fprintln(&s, o.kernel, name, hash(o.values))
			}
			restore()
		}
	}
	for line := range strings.Lines(storedBits(t)) {
		if !written[strings.Fields(line)[1]] {
			s.WriteString(line)
		}
	}
	if err := os.WriteFile(bitsFile, []byte(s.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}

func storedBits(t *testing.T) string {
	text, err := os.ReadFile(bitsFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func readBits(t *testing.T) map[string]string {
	want := map[string]string{}
	for line := range strings.Lines(storedBits(t)) {
		f := strings.Fields(line)
		want[f[0]+" "+f[1]] = f[2]
	}
	return want
}

// outputs runs every kernel on fixed numbers: all widths, all heights of a
// last panel, tails.
func outputs() []output {
	var all []output
	for _, w := range blockWidths {
		var gemm, gradient []float32
		for m := 1; m <= 25; m++ {
			gemm = append(gemm, gemmOutput(m, 40-m, w)...)
			gradient = append(gradient, outerOutput(m, 1+m*7%40, w)...)
		}
		all = append(all,
			output{fmt.Sprint("gemm", w), gemm}, output{fmt.Sprint("outer", w), gradient},
			output{fmt.Sprint("poisson", w), poissonOutput(w)}, output{fmt.Sprint("dropout", w), dropoutOutput(w)},
			output{fmt.Sprint("gamma", w), pairOutput(Gamma, w)}, output{fmt.Sprint("gaussian", w), pairOutput(Gaussian, w)})
	}
	return append(all, output{"gates", gatesOutput()}, output{"step", stepOutput()}, output{"rows", rowsOutput()}, output{"log", logOutput()})
}

func logOutput() []float32 {
	x := normals(1003, 47, 10)
	ExpTo(x, x)
	LogTo(x, x)
	return x
}

func normals(n int, stream uint64, scale float32) []float32 {
	x := make([]float32, n)
	fillNormal(x, stream, scale)
	return x
}

func gemmOutput(m, k, w int) []float32 {
	a, b, bias := NewPacked(m, k), normals(k*w, 0, 1), normals(m, 1, 1)
	a.Pack(normals(m*k, 2, 1), k)
	c, d := make([]float32, m*w), make([]float32, m*w)
	Gemm(c, a, b, w, bias)
	Gemm(d, a, b, w, nil)
	GemmAdd(c, c, a, normals(k*w, 23, 1), w)
	return append(c, d...)
}

func outerOutput(rows, cols, w int) []float32 {
	const steps = 2
	ld := panelUp(cols)
	c, bt := normals(rows*ld, 3, 1), make([]float32, ld*steps*w)
	for s := range steps {
		Transpose(bt, normals(cols*w, uint64(4+s), 1), cols, w, s, steps)
	}
	Outer(c, ld, normals(steps*rows*w, 6, 1), rows, rows*w, bt, cols, steps, w)
	var out []float32
	for i := range rows {
		out = append(out, c[i*ld:i*ld+cols]...)
	}
	return append(out, bt...)
}

func poissonOutput(w int) []float32 {
	n := 13 * w
	grad, loss := make([]float32, n), normals(w, 7, 1)
	Poisson(grad, normals(n, 8, 3), normals(n, 9, 1), maskOf(normals(n, 10, 1), w), normals(w, 11, 1), loss, w)
	return append(grad, loss...)
}

func dropoutOutput(w int) []float32 {
	k0, k1 := laneKeys(w, 2, rng.DropoutFactors)
	keep, dst := make([]uint8, 13*MaskBytes(w)), make([]float32, 13*w)
	DropoutMask(keep, k0, k1, 7, 13, w, 1<<30)
	Normals(dst, k0, k1, 8, 13, w)
	Drop(dst, dst, keep, 1.5, w)
	return dst
}

func gatesOutput() []float32 {
	const n = 1003
	var out []float32
	x := func(stream uint64) []float32 { return normals(n, stream, 2) }
	z, r, h, o := x(12), x(13), x(14), make([]float32, n)
	GRUReset(z, r, h, o)
	out = append(append(append(out, z...), r...), o...)
	c := x(15)
	GRUOutput(c, z, h, o, 1.5)
	out = append(append(out, c...), o...)
	dh := x(16)
	GRUOutputBackward(c, z, h, dh, 1.5)
	out = append(append(append(out, c...), z...), dh...)
	GRUResetBackward(r, h, x(17), dh)
	return append(append(out, r...), dh...)
}

// rowsOutput is of the kernels for sparse input, and e^x.
func rowsOutput() []float32 {
	const features, outputs, w, n = 13, 37, 16, 1003
	_, feature, lane, value := sparseInput(features, w, 24)
	ld := panelUp(outputs)
	rows, out := normals(w*ld, 25, 1), make([]float32, outputs*w)
	AddRows(rows, ld, lane, normals(features*ld, 26, 1), features, feature, value)
	FromRows(out, rows, outputs, w, ld)
	dst := make([]float32, n)
	ExpTo(dst, normals(n, 27, 5))
	AddSteps(dst, normals(3*n, 28, 1), 3, n)
	drh := normals(n, 29, 1)
	GRUResetBackward(normals(n, 30, .3), normals(n, 36, 1), drh, normals(n, 37, 1))
	return append(append(append(rows, out...), dst...), drh...)
}

func stepOutput() []float32 {
	const n = 1003
	p, m, v := normals(n, 18, 1), normals(n, 19, .1), normals(n, 20, 1)
	for i := range v {
		v[i] *= v[i] // not negative
	}
	Adam(p, m, v, normals(n, 21, 1), &AdamStep{
		GradScale: .5, Beta1: .9, Beta2: .999, OneMinus1: .1, OneMinus2: .001,
		Rate: .05, InvSqrt2: 4, Epsilon: 1e-8, KeepWeight: .9999,
	})
	sum := normals(n, 22, 1)
	Add(sum, p)
	squares := math.Float64bits(SumSquares(sum))
	out := append(append(append(append([]float32{}, p...), m...), v...), sum...)
	return append(out, math.Float32frombits(uint32(squares)), math.Float32frombits(uint32(squares>>32)))
}
