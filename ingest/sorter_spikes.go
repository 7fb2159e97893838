package ingest

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/npy"
)

// vectorPiece is how many values of a vector are in memory at a time.
const vectorPiece = 1 << 18

// perSpike is an array of one number a spike, of shape n, (n, 1) or (1, n).
type perSpike struct {
	file string
	npy  *npy.File
	*npy.Array
	axis, n int
}

func (s *sorted) openVector(name string) (*perSpike, error) {
	f, err := npy.Open(s.path(name))
	if err != nil {
		return nil, err
	}
	v := &perSpike{file: name, npy: f, n: 1}
	if v.Array, err = f.Array(f.Names()[0]); err == nil {
		err = v.measure()
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return v, nil
}

func (v *perSpike) close() { v.npy.Close() }

// measure finds the axis that spikes lie along.
func (v *perSpike) measure() error {
	shape := v.Shape()
	long := 0
	for i, d := range shape {
		if d != 1 {
			v.axis, v.n = i, d
			long++
		}
	}
	if len(shape) == 0 || long > 1 {
		return fmt.Errorf("%s has shape %v; expected a number for each spike", v.file, shape)
	}
	if !v.Type().IsNumber() {
		_, err := v.Float64s() // says why, and what to type
		return err
	}
	return nil
}

// part is values from up to, but not with, to.
func (v *perSpike) part(from, to int) (*npy.Array, error) {
	start, count := make([]int, len(v.Shape())), v.Shape()
	start[v.axis], count[v.axis] = from, to-from
	return v.Slab(start, count)
}

// spikes reads the spikes of the clusters that become units. It takes 8 bytes a
// spike of these.
func (s *sorted) spikes() error {
	name := timesFile
	if !s.folder.Has(name) {
		name = secondsFile
	}
	times, err := s.openVector(name)
	if err != nil {
		return err
	}
	defer times.close()
	clusters, err := s.openVector(s.clustersName())
	if err != nil {
		return err
	}
	defer clusters.close()
	if times.n != clusters.n {
		return fmt.Errorf("%s has %d spikes and %s has %d: they are not of one sorting, copy both again", times.file, times.n, clusters.file, clusters.n)
	}
	per, err := s.clock(times)
	if err != nil {
		return err
	}
	return s.fill(times, clusters, per)
}

// clustersName is the file of the clusters of spikes: phy's, or else the templates
// that the sorter matched.
func (s *sorted) clustersName() string {
	if !s.folder.Has(clustersFile) && s.folder.Has(templatesFile) {
		s.note("%s is not there: units are the templates of %s", clustersFile, templatesFile)
		return templatesFile
	}
	return clustersFile
}

// clock is how many units of the times make a second: samples, or 1.
func (s *sorted) clock(times *perSpike) (float64, error) {
	if times.file == secondsFile {
		return 1, nil
	}
	rate, err := s.sampleRate()
	if err != nil {
		return 0, err
	}
	if times.Type().Kind != npy.Float {
		return rate, nil
	}
	fraction := false
	err = times.each(func(_ int, a *npy.Array) error {
		values, err := a.Float64s()
		for _, v := range values {
			fraction = fraction || v != math.Trunc(v)
		}
		return err
	})
	if fraction {
		s.note("%s has fractions and is taken for seconds, not samples", times.file)
		rate = 1
	}
	return rate, err
}

// each hands over a vector part by part.
func (v *perSpike) each(do func(from int, part *npy.Array) error) error {
	for from := 0; from < v.n; from += vectorPiece {
		part, err := v.part(from, min(from+vectorPiece, v.n))
		if err == nil {
			err = do(from, part)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// fill sorts spikes by unit: it counts them first, to take no more memory than
// they need.
func (s *sorted) fill(times, clusters *perSpike, per float64) error {
	counts, err := clusters.counts()
	if err != nil {
		return err
	}
	ids := make([]string, 0, len(counts))
	for c := range counts {
		ids = append(ids, strconv.FormatInt(c, 10))
	}
	u := &s.recording.Units
	if u.IDs, err = s.good(inOrder(ids)); err != nil {
		return err
	}
	trains, places := make(dataset.SpikeTrains, len(u.IDs)), map[int64]int{}
	for i, id := range u.IDs {
		c, _ := strconv.ParseInt(id, 10, 64) // was made of one
		trains[i], places[c] = make([]float64, 0, counts[c]), i
	}
	u.Spikes = trains
	return clusters.each(func(from int, part *npy.Array) error {
		if s.options.Progress != nil {
			s.options.Progress(int64(from), int64(clusters.n))
		}
		return times.deal(from, part, per, places, trains)
	})
}

func inOrder(ids []string) []string {
	sorted := make([]string, len(ids))
	for to, from := range ascending(ids) {
		sorted[to] = ids[from]
	}
	return sorted
}

// counts is how many spikes each cluster has.
func (v *perSpike) counts() (map[int64]int, error) {
	counts := map[int64]int{}
	err := v.each(func(_ int, part *npy.Array) error {
		clusters, err := part.Int64s()
		for _, c := range clusters {
			counts[c]++
		}
		if err == nil && len(counts) > maxUnits {
			err = fmt.Errorf("%s has more than %d clusters: is it what it is called?", v.file, maxUnits)
		}
		return err
	})
	if err == nil && len(counts) == 0 {
		err = errors.New("it has no spikes: " + v.file + " is empty")
	}
	return counts, err
}

// deal gives the spikes of a part to their units.
func (v *perSpike) deal(from int, clusters *npy.Array, per float64, places map[int64]int, trains dataset.SpikeTrains) error {
	of, err := clusters.Int64s()
	if err != nil {
		return err
	}
	part, err := v.part(from, from+len(of))
	if err != nil {
		return err
	}
	at, err := part.Float64s()
	if err != nil {
		return err
	}
	for i, c := range of {
		if place, ok := places[c]; ok {
			trains[place] = append(trains[place], at[i]/per)
		}
	}
	return nil
}
