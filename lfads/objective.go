package lfads

// Objective holds the weights of the loss in force for a step:
//
//	total = LossScale * (recon + L2Ramp * L2 + KLRamp * (KLICScale * KL_ic + KLInputScale * KL_co))
//
// recon is a mean over the trials, bins and neurons that were observed, while the KL terms are sums
// over dimensions (and bins): that is why useful KL scales lie between 1e-7
// and 1e-4.
type Objective struct {
	LossScale    float64
	SumRecon     bool // recon sums over bins and neurons instead
	KLICScale    float64
	KLInputScale float64
	KLRamp       float64 // 0 to 1
	L2Generator  float64
	L2Controller float64
	L2ICEncoder  float64
	L2CIEncoder  float64
	L2Ramp       float64 // 0 to 1
}

// Loss holds the terms of the loss on one batch; KL and L2 before their ramps
// and scales.
type Loss struct {
	Total   float64
	Recon   float64
	KLIC    float64 // nats a trial
	KLInput float64 // nats a trial (with the normal prior: nats a bin)
	L2      float64 // with its scales

	Elements int // that were observed: what Recon is the mean of, and its weight beside other batches
	Counted  int // of them, those that no augmentation hid: what Recon has losses of
}

// Ramp is the weight of a penalty in an epoch (from 0): it rises linearly from
// epoch start, over increase epochs, to 1.
func Ramp(start, increase, epoch int) float64 {
	return min(max(float64(epoch+1-start)/float64(increase+1), 0), 1)
}

// total adds up the terms.
func (o *Objective) total(l *Loss) float64 {
	kl := float64(o.KLRamp * (float64(o.KLICScale*l.KLIC) + float64(o.KLInputScale*l.KLInput)))
	return o.LossScale * (l.Recon + float64(o.L2Ramp*l.L2) + kl)
}
