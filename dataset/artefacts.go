package dataset

import (
	"fmt"
	"math"
)

// artefact is how many times the size of all but a few numbers of a neuron one of
// them is that is hardly meant. Heavy tails, such as those of a log-normal distribution
// of a deviation of 2, reach 30.
const artefact = 100

// magnitudes is how large the numbers of one neuron are, signs apart.
type magnitudes struct {
	often   [256]int // by binary exponent, of what is not 0
	nonzero int
	most    float32
	at      int // where it stands
}

func magnitudesOf(a *Array) []magnitudes {
	all := make([]magnitudes, a.Features)
	for i, v := range a.Data {
		if !IsMissing(v) && v != 0 {
			all[i%a.Features].add(max(v, -v), i)
		}
	}
	return all
}

func (m *magnitudes) add(v float32, at int) {
	m.nonzero++
	m.often[math.Float32bits(v)>>23&0xff]++
	if v > m.most {
		m.most, m.at = v, at
	}
}

// usual is a power of two above all but a few numbers; ok is false if there are too few
// to say.
func (m *magnitudes) usual() (bound float64, ok bool) {
	rare := max(3, m.nonzero/1000)
	if m.nonzero < 10*rare {
		return 0, false
	}
	for e := len(m.often) - 1; e >= 0; e-- {
		if rare -= m.often[e]; rare < 0 {
			return math.Ldexp(1, e-126), true
		}
	}
	return 0, false
}

// artefactWarning names the first number among training and validation data that is far
// beyond all but a few of its neuron; "": there is none.
func (d *Dataset) artefactWarning() string {
	for _, s := range []namedSplit{{"train", d.Train}, {"valid", d.Valid}} {
		a := s.counts()
		for _, m := range magnitudesOf(a) {
			if usual, ok := m.usual(); ok && float64(m.most) > artefact*usual {
				_, key := d.keys().keysOf(s.name)
				trial, bin, neuron := a.place(m.at)
				return fmt.Sprintf("%s: trial %d, bin %d, neuron %d is %g, and hardly any other number of this neuron is beyond %.3g: an artefact? Make such values NaN (not observed)",
					key, trial, bin, d.Place(neuron), a.Data[m.at], usual)
			}
		}
	}
	return ""
}
