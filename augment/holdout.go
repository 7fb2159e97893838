package augment

// Holdout is an augmentation that keeps a share of the elements from training for
// the whole run: neither are they read nor has the loss asked for them. So a model's
// likelihood of those is an honest one, on the trials that it was trained on.
type Holdout interface {
	Augmentation
	// Weight is what the loss of the other elements is multiplied by, to make up for
	// those that are held out.
	Weight() float64
	// HeldOut is what is done to trials to score the elements that are held out: what
	// is read is what is read in training, and observed are those alone.
	HeldOut() Augmentation
}

// WeightOf returns the weight of the loss that several augmentations leave.
func WeightOf(list []Augmentation) float64 {
	weight := 1.
	for _, a := range list {
		if h, ok := a.(Holdout); ok {
			weight *= h.Weight()
		}
	}
	return weight
}
