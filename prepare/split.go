package prepare

import "github.com/autolfads/autolfads/dataset"

// SplitOptions say which trials train and which validate.
type SplitOptions struct {
	ValidShare float64 `json:"valid_share"` // of trials that validate; 0: dataset.DefaultShare
	Seed       uint64  `json:"seed"`        // which these are
}

func (o *SplitOptions) check() error { return o.division().Check() }

// division is how trials are divided.
func (o *SplitOptions) division() dataset.Division {
	d := dataset.Division{Share: o.ValidShare, Seed: o.Seed}
	if d.Share == 0 {
		d.Share = dataset.DefaultShare
	}
	return d
}
