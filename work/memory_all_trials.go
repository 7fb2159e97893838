package work

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
)

// trainOnAll makes it the plan of members that train on the validation trials, too: these
// and the training trials are copied into one, and test trials alone are scored.
func (p *memoryPlan) trainOnAll() {
	p.all = true
	p.trained, p.copied = allTraining(p.data)
}

// sayCopied says what the trials of both splits in one take.
func (p *memoryPlan) sayCopied() string {
	if p.copied == 0 {
		return ""
	}
	return fmt.Sprintf("training and validation trials in one %s, ", size(p.copied))
}

// allTraining returns the shapes of what [dataset.Dataset.AllTraining] copies, and its
// bytes, before there is memory for it.
func allTraining(d *dataset.Dataset) (shapes *dataset.Dataset, bytes int64) {
	a, b := d.Train, d.Valid
	all := &dataset.Split{Encod: together(a.Encod, b.Encod), External: together(a.External, b.External)}
	bytes = all.Encod.Bytes()
	if all.External != nil {
		bytes += all.External.Bytes()
	}
	if all.Recon = all.Encod; a.Recon != a.Encod || b.Recon != b.Encod {
		all.Recon = together(a.Recon, b.Recon)
		bytes += all.Recon.Bytes()
	}
	copied := *d
	copied.Train, copied.Valid, copied.Test = all, nil, nil
	return &copied, bytes
}

// together has the shape of two arrays behind each other; nil: there are not two.
func together(a, b *dataset.Array) *dataset.Array {
	if a == nil || b == nil {
		return nil
	}
	return &dataset.Array{Trials: a.Trials + b.Trials, Bins: a.Bins, Features: a.Features}
}
