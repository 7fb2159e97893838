package nlb

import (
	"github.com/autolfads/autolfads/decode"
)

// Memory returns what Score holds at most, in bytes, beside the submission and the
// targets: a copy of some of the evaluated rates, or a decoder and what it decodes, or
// PSTHs of both kinds. Gather holds a copy of the training trials' rates before.
func Memory(s *Submission, t *Targets) int64 {
	most := s.Eval.Bytes()
	if t.PSTH != nil {
		most = max(most, 2*t.PSTH.Bytes()+3*t.PSTH.Bytes()/int64(max(1, t.PSTH.Trials))) // and one condition's sums and mean
	}
	if y := t.TrainBehavior; y != nil && t.EvalBehavior != nil && t.Dataset != timing {
		bins := y.Trials * y.Bins
		most = max(most, y.Bytes()+(1+1+2)*t.EvalBehavior.Bytes()+decode.Memory(bins, s.Eval.Features, y.Features))
	}
	return most
}
