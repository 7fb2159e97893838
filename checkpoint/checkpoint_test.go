package checkpoint

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// awkward is a state of values that are easily lost: signed zeros,
// subnormals, NaNs with their own bits.
func awkward() *State {
	f := math.Float32frombits
	return &State{
		Names: []string{"generator/U", "readout/b", "scalar"}, Shapes: [][]int{{2, 2}, {1}, {}},
		Params: []float32{1, f(0x80000000), f(1), .1, -3e38, 2},
		AdamM:  []float32{f(0x7fc00001), float32(math.Inf(1)), 0, 1e-30, 5, 6},
		AdamV:  []float32{1. / 3, 0, 0, 0, 0, f(0xffa00000)},
		Epoch:  105, Step: 1234,
		Score:        math.Float64frombits(0x7ff8dead00000001),
		LearningRate: 1e-3 / 3,
		Schedule:     Schedule{Best: math.Inf(1), BestEpoch: 7, BadEpochs: 2, Stopped: true},
		Hyper:        map[string]float64{"train.kl_ic_scale": 1e-5 / 3, "train.dropout_rate": math.Copysign(0, -1)},
	}
}

// averaged is awkward with an average of its weights.
func averaged() *State {
	s := awkward()
	s.Average = []float32{.5, math.Float32frombits(0x80000000), math.Float32frombits(0x7fc00002), -.1, 3e38, 1. / 3}
	return s
}

func bits32(values []float32) []uint32 {
	var b []uint32
	for _, v := range values {
		b = append(b, math.Float32bits(v))
	}
	return b
}

func checkSame(t *testing.T, got, want *State) {
	t.Helper()
	for _, c := range []struct {
		name string
		a, b []float32
	}{{"Params", got.Params, want.Params}, {"AdamM", got.AdamM, want.AdamM}, {"AdamV", got.AdamV, want.AdamV}, {"Average", got.Average, want.Average}} {
		if (c.a == nil) != (c.b == nil) && len(want.Names) > 0 || !slices.Equal(bits32(c.a), bits32(c.b)) {
			t.Errorf("%s: %x, want %x", c.name, bits32(c.a), bits32(c.b))
		}
	}
	text := func(s *State) string {
		return fmt.Sprintf("%q %v %d %d %d %d %v %x %x %x %d", s.Names, s.Shapes, s.Epoch, s.Step, s.Schedule.BestEpoch, s.Schedule.BadEpochs, s.Schedule.Stopped,
			math.Float64bits(s.Score), math.Float64bits(s.LearningRate), math.Float64bits(s.Schedule.Best), len(s.Hyper))
	}
	if text(got) != text(want) {
		t.Errorf("got  %s\nwant %s", text(got), text(want))
	}
	for key, v := range want.Hyper {
		if math.Float64bits(got.Hyper[key]) != math.Float64bits(v) {
			t.Errorf("%s = %v, want %v", key, got.Hyper[key], v)
		}
	}
}

func TestRoundTripIsExact(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.safetensors")
	for _, s := range []*State{awkward(), averaged(), {Names: []string{}, Hyper: map[string]float64{}}} {
		if err := Write(path, s); err != nil {
			t.Fatal(err)
		}
		got, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		checkSame(t, got, s)
		checkSame(t, s.Clone(), s)
	}
}

// A clone shares no value, and what infers are the averages where they are kept.
func TestWeights(t *testing.T) {
	s, raw := averaged(), awkward()
	if s.Clone().Average[0] = 7; s.Average[0] != .5 {
		t.Error("a clone's average is the state's own")
	}
	if &s.Weights()[0] != &s.Average[0] || &raw.Weights()[0] != &raw.Params[0] {
		t.Error("want the average as weights where one is kept, else the parameters")
	}
}

func TestSameStateSameBytes(t *testing.T) {
	a, _ := encode(awkward())
	b, _ := encode(awkward().Clone())
	if !bytes.Equal(a, b) {
		t.Error("two writes of one state differ")
	}
	path := filepath.Join(t.TempDir(), "c")
	if err := Write(path, awkward()); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(a)
	if got, err := SHA256(path); err != nil || got != hex.EncodeToString(sum[:]) {
		t.Errorf("SHA256 gave %s, %v", got, err)
	}
}

// Any single byte changed, and any length shorter or longer, is noticed.
func TestDamageIsNoticed(t *testing.T) {
	for _, s := range []*State{awkward(), averaged()} {
		damage(t, s)
	}
}

func damage(t *testing.T, s *State) {
	t.Helper()
	file, _ := encode(s)
	for i := range file {
		if _, err := decode(file[:i]); err == nil {
			t.Fatalf("cut to %d bytes of %d: no error", i, len(file))
		}
		bad := slices.Clone(file)
		bad[i] ^= 4
		if _, err := decode(bad); err == nil {
			t.Fatalf("byte %d changed: no error", i)
		}
	}
	if _, err := decode(append(slices.Clone(file), 0)); err == nil {
		t.Error("a byte more: no error")
	}
}

// A tensor may hold no values: the weights of a generator that has no inputs.
// Wherever it lies, it comes back under its name in its place.
func TestTensorWithoutValues(t *testing.T) {
	for _, shapes := range [][][]int{{{0, 3}, {2}, {1}}, {{2}, {0, 3}, {1}}, {{2}, {1}, {3, 0}}, {{0}}} {
		s := &State{Score: 1, Hyper: map[string]float64{}, Shapes: shapes}
		for i, shape := range shapes {
			s.Names = append(s.Names, string(rune('c'-i))) // not in the order of names
			for range product(shape) {
				v := float32(len(s.Params))
				s.Params, s.AdamM, s.AdamV = append(s.Params, v), append(s.AdamM, v+10), append(s.AdamV, v+20)
			}
		}
		file, err := encode(s)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decode(file)
		if err != nil {
			t.Fatalf("%v: %v", shapes, err)
		}
		if !slices.Equal(got.Names, s.Names) || !slices.EqualFunc(got.Shapes, s.Shapes, slices.Equal) ||
			!slices.Equal(got.Params, s.Params) || !slices.Equal(got.AdamM, s.AdamM) || !slices.Equal(got.AdamV, s.AdamV) {
			t.Errorf("wrote %+v, read %+v", s, got)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	twice := &State{Names: []string{"a", "a"}, Shapes: [][]int{{1}, {1}}, Params: make([]float32, 2), AdamM: make([]float32, 2), AdamV: make([]float32, 2)}
	for want, s := range map[string]*State{"same name": twice} {
		if err := Write(filepath.Join(t.TempDir(), "c"), s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// The safetensors layout as Python's standard library reads it.
func TestPythonReadsIt(t *testing.T) {
	python := testenv.Python(t, "json", "struct")
	path := filepath.Join(t.TempDir(), "c.safetensors")
	if err := Write(path, averaged()); err != nil {
		t.Fatal(err)
	}
	const script = `
import json, struct, sys
b = open(sys.argv[1], "rb").read()
n, = struct.unpack("<Q", b[:8])
h = json.loads(b[8:8+n])
t = h["params/readout/b"]
lo, hi = t["data_offsets"]
assert n % 8 == 0 and t["dtype"] == "F32" and t["shape"] == [1], t
assert all(isinstance(v, str) for v in h["__metadata__"].values())
first, end = h["average/generator/U"]["data_offsets"]
print(struct.unpack("<f", b[8+n+lo:8+n+hi])[0], h["__metadata__"]["epoch"], struct.unpack("<f", b[8+n+first:8+n+first+4])[0], end - first)
`
	out, err := exec.Command(python, "-c", script, path).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "-3.0000000054977558e+38 105 0.5 16" {
		t.Errorf("%v: %s", err, out)
	}
}

func Example() {
	dir, err := os.MkdirTemp("", "checkpoint")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "member.safetensors")

	state := &State{
		Names: []string{"readout/W"}, Shapes: [][]int{{2, 1}},
		Params: []float32{1, 2}, AdamM: make([]float32, 2), AdamV: make([]float32, 2),
		Epoch: 105, Score: .0780,
	}
	if err := Write(path, state); err != nil {
		panic(err)
	}
	back, err := Read(path)
	fmt.Println(back.Epoch, back.Score, back.Params, err)
	// Output: 105 0.078 [1 2] <nil>
}
