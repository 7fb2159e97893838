package checkpoint

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

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

// An average is of every tensor, in its shape, and comes last.
func TestHostileAverage(t *testing.T) {
	entry := func(name, shape string, from, to int) string {
		return fmt.Sprintf(`,"%s":{"dtype":"F32","shape":%s,"data_offsets":[%d,%d]}`, name, shape, from, to)
	}
	var raw string
	for i, group := range []string{"params", "adam_m", "adam_v"} {
		raw += entry(group+"/a", "[1]", 12*i, 12*i+4) + entry(group+"/b", "[2]", 12*i+4, 12*i+12)
	}
	good := raw + entry("average/a", "[1]", 36, 40) + entry("average/b", "[2]", 40, 48)
	s, err := decode(hostile(good, make([]byte, 48)))
	if err != nil || len(s.Average) != 3 {
		t.Fatalf("the good file: %+v, %v", s, err)
	}
	for name, c := range map[string]struct {
		tensors string
		bytes   int
	}{
		"of one tensor alone":   {raw + entry("average/a", "[1]", 36, 40), 40},
		"of the other alone":    {raw + entry("average/b", "[2]", 36, 44), 44},
		"of one more":           {good + entry("average/c", "[1]", 48, 52), 52},
		"of another":            {strings.Replace(good, "average/b", "average/c", 1), 48},
		"of other shape":        {strings.Replace(good, `"average/b":{"dtype":"F32","shape":[2]`, `"average/b":{"dtype":"F32","shape":[2,1]`, 1), 48},
		"of other order":        {raw + entry("average/b", "[2]", 36, 44) + entry("average/a", "[1]", 44, 48), 48},
		"without values":        {raw + entry("average/a", "[0]", 36, 36) + entry("average/b", "[0]", 36, 36), 36},
		"in the place of v":     {strings.ReplaceAll(raw, "adam_v", "average"), 36},
		"before the parameters": {strings.NewReplacer("params", "average", "average", "params").Replace(good), 48},
		"twice":                 {good + entry("average/average/a", "[1]", 48, 52), 52},
	} {
		if _, err := decode(hostile(c.tensors, make([]byte, c.bytes))); err == nil {
			t.Errorf("an average %s: no error", name)
		}
	}
}

// Whatever the bytes: an error or a state that encodes again, never a panic.
func FuzzDecode(f *testing.F) {
	for _, s := range []*State{awkward(), averaged()} {
		file, _ := encode(s)
		f.Add(file)
	}
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
