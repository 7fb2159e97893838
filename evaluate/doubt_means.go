package evaluate

import (
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
)

// DoubtMeans returns a sentence if the true rates of a dataset that holds no counts
// cannot be the means of its data, as [Doubt] does of counts.
func DoubtMeans(d *dataset.Dataset) string {
	var all []difference
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		if s == nil || s.Truth == nil || s.Recon == nil {
			continue
		}
		if all == nil {
			all = make([]difference, s.Recon.Features)
		}
		for i, y := range s.Recon.Data {
			all[i%s.Recon.Features].add(float64(s.Truth.Data[i]), float64(y))
		}
	}
	for n := range all {
		if x := &all[n]; x.far() {
			return doubtOfData(fmt.Sprintf("the mean of neuron %d is %.4g by them and %.4g by the data", d.Place(n), x.truth/x.n, x.data/x.n))
		}
	}
	return ""
}

// difference is how far data of a neuron are from their true means.
type difference struct {
	n, nonzero  float64 // compared; of them not 0
	truth, data float64 // sums
	squares     float64 // of the differences
}

// add takes in a datum; what is no number is in no comparison.
func (x *difference) add(truth, y float64) {
	if by := y - truth; finite(by) {
		x.n++
		x.truth, x.data = x.truth+truth, x.data+y
		x.squares += float64(by * by)
	}
	if y != 0 {
		x.nonzero++
	}
}

// leastValues is of how many values that are not 0 a mean is known.
const leastValues = 30

// far reports whether the mean of the data is further from that of their means than
// chance, by the variance that the data have about these.
func (x *difference) far() bool {
	if x.nonzero < leastValues || x.n == 0 {
		return false
	}
	by := (x.data - x.truth) / x.n
	deviation := math.Sqrt(max(0, x.squares/x.n-float64(by*by)) / x.n)
	return math.Abs(by) > (chance+2)*deviation+share*math.Abs(x.data/x.n)
}

// doubtOfData says why, and what to do.
func doubtOfData(why string) string {
	return "The true means cannot be those of these data: " + why +
		"; they may be in another unit (whoever scales data must scale *_truth, and leave out oracle_nll), or of other trials. Identity overfitting is not judged by them."
}
