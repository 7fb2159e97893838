package prepare

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
)

// takeTruth puts the true rates of a simulated recording into all trials: of each bin the
// counts to be expected, the mean of its stream of true rates over the bin times its
// width. Where that is not known of all units in all bins, a note says so, and there is no
// truth.
func (m *maker) takeTruth() error {
	s := m.r.Stream(dataset.StreamTrueRates)
	if s == nil || m.signals != nil {
		return nil
	}
	if why := m.noTruth(s); why != "" {
		m.note("%s are not taken for the truth: %s", s.Name, why)
		return nil
	}
	if err := fits(float64(len(m.starts)), m.Grid, len(m.units), bytesPerValue); err != nil {
		return err
	}
	truth := dataset.NewArray(len(m.starts), m.Bins, len(m.units))
	places := make([]int, len(m.units))
	for i, u := range m.units {
		places[i] = slices.Index(m.rated, u.ID)
	}
	for w, start := range m.starts {
		if err := m.expected(s, truth, w, start, places); err != nil {
			return fmt.Errorf("stream %s: %w", s.Name, err)
		}
	}
	m.all.Truth = truth
	m.note("%s are the truth that models are compared with", s.Name)
	return nil
}

// noTruth says why a stream cannot be the true rates of the units; "": it can.
func (m *maker) noTruth(s *dataset.Stream) string {
	switch {
	case m.o.Units.Join != "":
		return "they are not of units that are joined"
	case s.Features != len(m.rated):
		return fmt.Sprintf("they are of %d units, and the recording has %d", s.Features, len(m.rated))
	case s.Rate == 0:
		return "they are not evenly sampled"
	}
	for _, start := range m.starts {
		if from, to := m.sampled(s, start); from < 0 || to > float64(s.Len())+1e-6 {
			return "they are not known in all bins"
		}
	}
	return ""
}

// sampled returns where in a stream a window begins and ends: in samples, of which each
// lasts until the next one.
func (m *maker) sampled(s *dataset.Stream, start float64) (from, to float64) {
	const least = 1e6 // parts of a sample: less is rounding
	from = math.Round(grid.Behind(start, s.Start)/grid.NsPerS*s.Rate*least) / least
	return from, from + float64(float64(m.Bins)*m.perBin(s))
}

// perBin is how many samples a bin has.
func (m *maker) perBin(s *dataset.Stream) float64 { return float64(m.Width) / grid.NsPerS * s.Rate }

// expected puts the expected counts of a window into a truth.
func (m *maker) expected(s *dataset.Stream, truth *dataset.Array, w int, start float64, places []int) error {
	from, to := m.sampled(s, start)
	first := int(from)
	rows, err := s.Data.Read(first, min(int(math.Ceil(to)), s.Len()))
	if err != nil {
		return err
	}
	sum, per := make([]float64, s.Features), m.perBin(s)
	for bin := range m.Bins {
		clear(sum)
		begin := from - float64(first) + float64(float64(bin)*per)
		for i := int(begin); i*s.Features < len(rows) && float64(i) < begin+per; i++ {
			share := min(float64(i+1), begin+per) - max(float64(i), begin)
			for f, hz := range rows[i*s.Features : (i+1)*s.Features] {
				sum[f] += float64(share * hz)
			}
		}
		for u, place := range places {
			truth.Bin(w, bin)[u] = float32(sum[place] / s.Rate)
		}
	}
	return nil
}
