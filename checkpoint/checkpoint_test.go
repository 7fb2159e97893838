package checkpoint

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
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
	}{{"Params", got.Params, want.Params}, {"AdamM", got.AdamM, want.AdamM}, {"AdamV", got.AdamV, want.AdamV}} {
		if !slices.Equal(bits32(c.a), bits32(c.b)) {
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
	for _, s := range []*State{awkward(), {Names: []string{}, Hyper: map[string]float64{}}} {
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
	file, _ := encode(awkward())
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

// hostile builds a file of the given tensors header with a valid checksum.
func hostile(tensors string, data []byte) []byte {
	head := fmt.Sprintf(`{"__metadata__":{"format":"%s","sha256":"%s","epoch":"1","step":"1","score":"1","learning_rate":"1",`+
		`"schedule.best":"1","schedule.best_epoch":"1","schedule.bad_epochs":"1","schedule.stopped":"false"}%s}`, formatName, noDigest, tensors)
	file := append(binary.LittleEndian.AppendUint64(nil, uint64(len(head))), head...)
	return seal(append(file, data...))
}

func seal(file []byte) []byte {
	sum := sha256.Sum256(file)
	return bytes.Replace(file, []byte(noDigest), []byte(hex.EncodeToString(sum[:])), 1)
}

func TestHostileTensors(t *testing.T) {
	entry := func(name, shape string, from, to int) string {
		return fmt.Sprintf(`,"%s":{"dtype":"F32","shape":%s,"data_offsets":[%d,%d]}`, name, shape, from, to)
	}
	good := entry("params/a", "[1]", 0, 4) + entry("adam_m/a", "[1]", 4, 8) + entry("adam_v/a", "[1]", 8, 12)
	if _, err := decode(hostile(good, make([]byte, 12))); err != nil {
		t.Fatalf("the good file: %v", err)
	}
	for name, tensors := range map[string]string{
		"shape overflows":  strings.Replace(good, "[1]", "[4294967296,4294967296,4]", 1),
		"negative shape":   strings.Replace(good, "[1]", "[-1,-1]", 1),
		"zero shape":       strings.Replace(good, "[1]", "[0]", 1),
		"huge offset":      strings.Replace(good, "[8,12]", "[8,9223372036854775807]", 1),
		"negative offset":  strings.Replace(good, "[0,4]", "[-4,4]", 1),
		"overlap":          strings.Replace(good, "[4,8]", "[0,4]", 1),
		"hole":             strings.Replace(good, "[8,12]", "[9,13]", 1),
		"other type":       strings.Replace(good, "F32", "F16", 1),
		"no twin":          strings.Replace(good, "adam_v/a", "adam_v/b", 1),
		"missing":          entry("params/a", "[3]", 0, 12),
		"other name":       strings.Replace(good, "params/a", "weights/a", 1),
		"not an object":    `,"x":3`,
		"three offsets":    strings.Replace(good, "[0,4]", "[0]", 1),
		"swapped moments":  strings.NewReplacer("adam_m", "adam_v", "adam_v", "adam_m").Replace(good),
		"shape too deep":   strings.Replace(good, "[1]", "["+strings.Repeat("[", 100)+strings.Repeat("]", 100)+"]", 1),
		"fractional shape": strings.Replace(good, "[1]", "[1.5]", 1),
	} {
		if _, err := decode(hostile(tensors, make([]byte, 12))); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// Whatever the bytes: an error or a state that encodes again, never a panic.
func FuzzDecode(f *testing.F) {
	file, _ := encode(awkward())
	f.Add(file)
	f.Add(hostile(`,"params/a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}`, make([]byte, 4)))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, b := range [][]byte{file, seal(file)} {
			s, err := decode(b)
			if err != nil {
				continue
			}
			again, err := encode(s)
			if err != nil {
				t.Fatal(err)
			}
			back, err := decode(again)
			if err != nil {
				t.Fatal(err)
			}
			checkSame(t, back, s)
		}
	})
}

// The safetensors layout as Python's standard library reads it.
func TestPythonReadsIt(t *testing.T) {
	python := testenv.Python(t, "json", "struct")
	path := filepath.Join(t.TempDir(), "c.safetensors")
	s := awkward()
	if err := Write(path, s); err != nil {
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
print(struct.unpack("<f", b[8+n+lo:8+n+hi])[0], h["__metadata__"]["epoch"])
`
	out, err := exec.Command(python, "-c", script, path).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "-3.0000000054977558e+38 105" {
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
