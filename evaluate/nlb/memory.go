package nlb

import (
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
)

// Memory returns what Score holds at most, in bytes, beside the submission and the
// targets: a copy of some of the evaluated rates, or a decoder and what it decodes, or
// PSTHs of both kinds. Gather holds a copy of the training trials' rates before.
func Memory(s *Submission, t *Targets) int64 {
	most := bytesOf(s.Eval)
	if t.PSTH != nil {
		most = max(most, 2*bytesOf(t.PSTH)+3*bytesOf(t.PSTH)/int64(max(1, t.PSTH.Trials))) // and one condition's sums and mean
	}
	if y := t.TrainBehavior; y != nil && t.EvalBehavior != nil && t.Dataset != timing {
		bins := y.Trials * y.Bins
		most = max(most, bytesOf(y)+(1+1+2)*bytesOf(t.EvalBehavior)+decode.Memory(bins, s.Eval.Features, y.Features))
	}
	return most
}

func bytesOf(a *dataset.Array) int64 {
	return 4 * int64(a.Trials) * int64(a.Bins) * int64(a.Features)
}
