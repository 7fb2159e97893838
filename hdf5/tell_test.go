package hdf5

import (
	"crypto/sha256"
	"fmt"
	"math"
	"slices"
	"strings"
)

// tell says what a data set or attribute holds as the judge does: its shape, and
// sums of its values.
func tell(v reads) (string, error) {
	shape := "[" + strings.ReplaceAll(strings.Trim(fmt.Sprint(v.Shape()), "[]"), " ", ", ") + "] "
	told, err := digest(v)
	return shape + told, err
}

func sha(b []byte) string { return fmt.Sprintf("%x", sha256.Sum256(b)) }

func digest(v reads) (told string, err error) {
	switch t := v.Type(); {
	case t.Class == Compound:
		for _, m := range t.Members {
			field, err := fieldOf(v, m.Name)
			if err != nil {
				return "", err
			}
			one, err := digest(field)
			if err != nil {
				return "", err
			}
			told += one
		}
		return told, nil
	case t.Class == ReferenceTo:
		return digestReferences(v)
	case t.IsText():
		return digestText(v)
	case t.Class == Variable:
		return digestSequences(v)
	}
	return digestNumbers(v)
}

// fieldOf is Field of a data set, an attribute or sequences.
func fieldOf(v reads, name string) (reads, error) {
	switch v := v.(type) {
	case *Dataset:
		return v.Field(name)
	case *Attribute:
		return v.Field(name)
	}
	return v.(*Sequences).Field(name)
}

func digestText(v reads) (told string, err error) {
	text, err := v.Strings()
	for _, s := range text {
		s, _, _ = strings.Cut(s, "\x00")
		told += sha([]byte(s))
	}
	return told, err
}

func digestSequences(v reads) (told string, err error) {
	s, err := v.Sequences()
	if err != nil {
		return "", err
	}
	lengths := make([]string, len(s.Ends))
	from := 0
	for i, end := range s.Ends {
		lengths[i], from = fmt.Sprint(end-from), end
	}
	values, err := digest(s)
	return sha([]byte(strings.Join(lengths, ","))) + values, err
}

func digestReferences(v reads) (told string, err error) {
	refs, err := v.References()
	if err != nil {
		return "", err
	}
	regions := make([]Region, len(refs))
	if v.Type().reference == toRegion {
		if regions, err = v.Regions(); err != nil {
			return "", err
		}
	}
	all := make([]string, len(refs))
	for i, ref := range refs {
		if all[i] = "null"; ref.IsNull() {
			continue
		}
		all[i] = fmt.Sprint(ref.address)
		if v.Type().reference == toRegion {
			bounds, err := regions[i].bounds()
			if err != nil {
				return "", err
			}
			all[i] += " " + bounds
		}
	}
	return sha([]byte(strings.Join(all, ","))), nil
}

// bounds are the first and the last place that a region has along each dimension.
func (r *Region) bounds() (string, error) {
	blocks := r.Blocks
	if r.All {
		d, err := r.Dataset.Dataset()
		if err != nil {
			return "", err
		}
		blocks = []Block{{make([]int, len(d.Shape())), d.Shape()}}
	}
	if len(blocks) == 0 {
		return "", nil
	}
	low, high := slices.Clone(blocks[0].Start), make([]int, len(blocks[0].Start))
	for _, b := range blocks {
		for i := range b.Start {
			low[i], high[i] = min(low[i], b.Start[i]), max(high[i], b.Start[i]+b.Count[i]-1)
		}
	}
	return strings.Trim(fmt.Sprint(append(low, high...)), "[]"), nil
}

func digestNumbers(v reads) (string, error) {
	narrow, err := v.Float32s()
	if err != nil {
		return "", err
	}
	wide, err := v.Float64s()
	var b4, b8 []byte
	for i := range narrow {
		b4 = le.AppendUint32(b4, math.Float32bits(narrow[i]))
		b8 = le.AppendUint64(b8, math.Float64bits(wide[i]))
		if wide[i] != wide[i] { // NumPy's own NaN
			le.PutUint32(b4[4*i:], 0x7fc00000)
			le.PutUint64(b8[8*i:], 0x7ff8000000000000)
		}
	}
	return sha(b4) + sha(b8), err
}
