package checkpoint

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// named is a tensor of the header with the group that its name says it is in.
type named struct {
	name  string
	group int // -1: none
	tensor
}

// readTensors fills the names, shapes and values. The tensors must fill the
// data exactly, in three groups of the same names and shapes, or in four where an
// average is kept.
func (s *State) readTensors(entries map[string]json.RawMessage, data []byte) error {
	list, err := tensorsIn(entries)
	if err != nil {
		return err
	}
	if err := fill(list, len(data)); err != nil {
		return err
	}
	kept := groups[:len(groups)-1]
	if n := len(list); n > 0 && list[n-1].group == len(kept) {
		kept = groups[:]
	}
	if err := s.name(list, kept); err != nil {
		return err
	}
	s.setValues(decodeFloats(data), len(kept))
	return nil
}

// tensorsIn returns the header's tensors in the order of the groups, and within
// one in that of the values. One without values comes before the one that begins at
// the same byte; several, by name.
func tensorsIn(entries map[string]json.RawMessage) ([]named, error) {
	list := make([]named, 0, len(entries))
	for name, raw := range entries {
		t := named{name: name, group: groupOf(name)}
		if err := json.Unmarshal(raw, &t.tensor); err != nil {
			return nil, fmt.Errorf("header: tensor %q: %w", name, err)
		}
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b named) int {
		return cmp.Or(cmp.Compare(a.group, b.group), slices.Compare(a.Offsets[:], b.Offsets[:]), cmp.Compare(a.name, b.name))
	})
	return list, nil
}

// fill returns an error unless the tensors follow each other and fill so many bytes.
func fill(list []named, size int) error {
	at := 0
	for _, t := range list {
		if t.DType != "F32" || t.Offsets[0] != at || !fits(t.Shape, t.Offsets[1]-at) {
			return fmt.Errorf("header: tensor %q of type %s, shape %v at bytes %v: want float32 values that begin at byte %d",
				t.name, t.DType, t.Shape, t.Offsets, at)
		}
		at = t.Offsets[1]
	}
	if at != size {
		return fmt.Errorf("header: %d tensors end at byte %d of %d", len(list), at, size)
	}
	return nil
}

// name sets the names and shapes, which must be the same in every group.
func (s *State) name(list []named, kept []string) error {
	n := len(list) / len(kept)
	if len(list)%len(kept) != 0 {
		return fmt.Errorf("header: %d tensors: want as many %s", len(list), strings.Join(kept, ", "))
	}
	for i, t := range list {
		twin := list[i%n]
		name, ok := strings.CutPrefix(t.name, kept[i/n])
		if !ok || kept[0]+name != twin.name || !slices.Equal(t.Shape, twin.Shape) {
			return fmt.Errorf("header: tensor %q %v does not match %q %v", t.name, t.Shape, twin.name, twin.Shape)
		}
		if i < n {
			s.Names, s.Shapes = append(s.Names, name), append(s.Shapes, t.Shape)
		}
	}
	return nil
}

// setValues cuts the values into so many groups.
func (s *State) setValues(values []float32, kept int) {
	m := len(values) / kept
	s.Params, s.AdamM, s.AdamV = values[:m:m], values[m:2*m:2*m], values[2*m:3*m:3*m]
	if kept == len(groups) {
		s.Average = values[3*m:]
	}
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
