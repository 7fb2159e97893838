package nlb

import (
	"fmt"
	"maps"
	"slices"

	"github.com/autolfads/autolfads/hdf5"
)

// compression is fast and close to the best that deflate reaches on counts.
const compression = 4

// Write writes the tensors to an HDF5 file, which appears under its name when it is
// complete, with attributes that say more of it.
func (s *Set) Write(path string, attributes map[string]any) error {
	file, err := hdf5.Create(path)
	if err != nil {
		return fmt.Errorf("nlb: %w", err)
	}
	defer file.Abort()
	for _, t := range s.Tensors {
		if err := t.write(file); err != nil {
			return fmt.Errorf("nlb: %w", err)
		}
	}
	all := map[string]any{"bin_width_ms": float64(s.BinMs)}
	maps.Copy(all, s.Attributes)
	maps.Copy(all, attributes)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if err := file.SetAttr("/", name, all[name]); err != nil {
			return fmt.Errorf("nlb: %w", err)
		}
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("nlb: %w", err)
	}
	return nil
}

// write writes one tensor.
func (t *Tensor) write(file *hdf5.Writer) error {
	switch {
	case t.Numbers != nil:
		return file.Write(t.Key, t.Numbers, t.Shape, hdf5.Gzip(compression), hdf5.Shuffle())
	case t.Flags != nil:
		return file.Write(t.Key, t.Flags, t.Shape)
	case t.Lists != nil:
		return file.Write(t.Key, t.Lists, t.Shape)
	}
	return file.Write(t.Key, t.Whole, t.Shape)
}
