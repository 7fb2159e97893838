package dataset

import "strings"

// voltages are how many volts the words for them are: words in small letters, symbols as
// they are, for MV are no mV.
var voltages = map[string]float64{
	"V": 1, "volt": 1, "volts": 1, "mV": 1e-3, "millivolt": 1e-3, "millivolts": 1e-3,
	"uV": 1e-6, "µV": 1e-6, "μV": 1e-6, "microvolt": 1e-6, "microvolts": 1e-6,
	"nV": 1e-9, "nanovolt": 1e-9, "nanovolts": 1e-9,
}

// voltsIn returns how many volts, or powers of them, a unit is: "uV", "millivolts",
// "mV^2".
func voltsIn(unit string) (volts float64, power int, ok bool) {
	word, squared := strings.CutSuffix(strings.TrimSpace(unit), "^2")
	volts, ok = voltages[word]
	if !ok {
		volts, ok = voltages[strings.ToLower(word)]
	}
	if squared {
		return volts * volts, 2, ok
	}
	return volts, 1, ok
}

// InUnit returns the scale in another unit: what a 1 and a 0 stand for is the same. It
// reports false where it is not known how many of the one are one of the other; known
// are volts, with prefixes or in words, and their squares.
func (s *Scale) InUnit(unit string) (*Scale, bool) {
	if s.Unit == unit {
		return s, true
	}
	from, one, okFrom := voltsIn(s.Unit)
	to, other, okTo := voltsIn(unit)
	if !okFrom || !okTo || one != other {
		return s, false
	}
	in := &Scale{Unit: unit, Factor: make([]float64, len(s.Factor))}
	for i, f := range s.Factor {
		in.Factor[i] = f * (from / to)
	}
	for _, o := range s.Offset {
		in.Offset = append(in.Offset, o*(from/to))
	}
	return in, true
}
