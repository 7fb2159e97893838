package checkpoint

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Read returns the state at path. A file that is cut short, changed, or not a
// checkpoint gives an error; memory use is bounded by the file's size.
func Read(path string) (*State, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s, err := decode(file)
	if err != nil {
		return nil, fmt.Errorf("checkpoint %s: %w", path, err)
	}
	return s, nil
}

func decode(file []byte) (*State, error) {
	if len(file) < 8 {
		return nil, fmt.Errorf("%d bytes are too few for a checkpoint", len(file))
	}
	n := binary.LittleEndian.Uint64(file)
	if n > uint64(len(file)-8) {
		return nil, fmt.Errorf("the header of %d bytes goes beyond the file of %d: it was cut short, or is no checkpoint", n, len(file))
	}
	head, data := file[8:8+n], file[8+n:]
	var entries map[string]json.RawMessage
	if err := json.Unmarshal(head, &entries); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	s := &State{}
	if err := s.readMetadata(entries[metadataKey], file); err != nil {
		return nil, err
	}
	delete(entries, metadataKey)
	return s, s.readTensors(entries, data)
}

// verify compares the checksum that the metadata names with the file's.
func verify(file []byte, digest string) error {
	at := bytes.Index(file, []byte(digest))
	if len(digest) != len(noDigest) || at < 0 {
		return errors.New("the header holds no checksum")
	}
	h := sha256.New()
	h.Write(file[:at])
	h.Write([]byte(noDigest))
	h.Write(file[at+len(digest):])
	if hex.EncodeToString(h.Sum(nil)) != digest {
		return errors.New("the checksum does not fit: the file was cut short or changed")
	}
	return nil
}

func (s *State) readMetadata(raw json.RawMessage, file []byte) error {
	var m map[string]string
	if err := json.Unmarshal(raw, &m); err != nil {
		return fmt.Errorf("header: %s: %w", metadataKey, err)
	}
	if m["format"] != formatName {
		return fmt.Errorf("format is %q, want %q", m["format"], formatName)
	}
	if err := verify(file, m["sha256"]); err != nil {
		return err
	}
	var faults []error
	for key, field := range map[string]*int{
		"epoch": &s.Epoch, "step": &s.Step,
		"schedule.best_epoch": &s.Schedule.BestEpoch, "schedule.bad_epochs": &s.Schedule.BadEpochs,
	} {
		v, err := strconv.Atoi(m[key])
		*field = v
		faults = append(faults, wrap(key, err))
	}
	for key, field := range map[string]*float64{
		"score": &s.Score, "learning_rate": &s.LearningRate, "schedule.best": &s.Schedule.Best,
	} {
		v, err := parseFloat(m[key])
		*field = v
		faults = append(faults, wrap(key, err))
	}
	stopped, err := strconv.ParseBool(m["schedule.stopped"])
	s.Schedule.Stopped = stopped
	faults = append(faults, wrap("schedule.stopped", err))
	s.Hyper = map[string]float64{}
	for key, text := range m {
		if name, ok := strings.CutPrefix(key, hyperPrefix); ok {
			v, err := parseFloat(text)
			s.Hyper[name] = v
			faults = append(faults, wrap(key, err))
		}
	}
	return errors.Join(faults...)
}

func wrap(key string, err error) error {
	if err != nil {
		return fmt.Errorf("header: %s: %w", key, err)
	}
	return nil
}

// readTensors fills the names, shapes and values. The tensors must fill the
// data exactly, in three groups of the same names and shapes. One without values
// comes before the one that begins at the same byte; several, by name.
func (s *State) readTensors(entries map[string]json.RawMessage, data []byte) error {
	type named struct {
		name  string
		group int
		tensor
	}
	list := make([]named, 0, len(entries))
	for name, raw := range entries {
		t := named{name: name, group: groupOf(name)}
		if err := json.Unmarshal(raw, &t.tensor); err != nil {
			return fmt.Errorf("header: tensor %q: %w", name, err)
		}
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b named) int {
		return cmp.Or(cmp.Compare(a.group, b.group), slices.Compare(a.Offsets[:], b.Offsets[:]), cmp.Compare(a.name, b.name))
	})
	at := 0
	for _, t := range list {
		if t.DType != "F32" || t.Offsets[0] != at || !fits(t.Shape, t.Offsets[1]-at) {
			return fmt.Errorf("header: tensor %q of type %s, shape %v at bytes %v: want float32 values that begin at byte %d",
				t.name, t.DType, t.Shape, t.Offsets, at)
		}
		at = t.Offsets[1]
	}
	if at != len(data) || len(list)%len(groups) != 0 {
		return fmt.Errorf("header: %d tensors end at byte %d of %d", len(list), at, len(data))
	}
	n := len(list) / len(groups)
	for i, t := range list {
		twin := list[i%n]
		name, ok := strings.CutPrefix(t.name, groups[i/n])
		if !ok || groups[0]+name != twin.name || !slices.Equal(t.Shape, twin.Shape) {
			return fmt.Errorf("header: tensor %q %v does not match %q %v", t.name, t.Shape, twin.name, twin.Shape)
		}
		if i < n {
			s.Names, s.Shapes = append(s.Names, name), append(s.Shapes, t.Shape)
		}
	}
	values := decodeFloats(data)
	m := len(values) / len(groups)
	s.Params, s.AdamM, s.AdamV = values[:m:m], values[m:2*m:2*m], values[2*m:]
	return nil
}

// groupOf returns the group that a tensor's name says it is in; -1: none.
func groupOf(name string) int {
	return slices.IndexFunc(groups[:], func(group string) bool { return strings.HasPrefix(name, group) })
}

// fits reports whether shape holds exactly size bytes of float32, without
// overflow on the way.
func fits(shape []int, size int) bool {
	if size == 0 {
		return slices.Contains(shape, 0) && !slices.ContainsFunc(shape, func(d int) bool { return d < 0 })
	}
	if size < 0 || size%4 != 0 {
		return false
	}
	left := size / 4
	for _, d := range shape {
		if d <= 0 || left%d != 0 {
			return false
		}
		left /= d
	}
	return left == 1
}

func decodeFloats(data []byte) []float32 {
	values := make([]float32, len(data)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return values
}

func parseFloat(text string) (float64, error) {
	if digits, ok := strings.CutPrefix(text, nanPrefix); ok {
		b, err := strconv.ParseUint(digits, 16, 64)
		if v := math.Float64frombits(b); err != nil || math.IsNaN(v) {
			return v, err
		}
		return 0, fmt.Errorf("%q is no NaN", text)
	}
	return strconv.ParseFloat(text, 64)
}
