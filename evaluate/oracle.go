package evaluate

import (
	"context"
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/metric"
)

// NameNLL is the score of how probable the data are under the rates.
const NameNLL = "negative log likelihood"

// nll scores the rates' negative log likelihood per element, or what takes its
// place, beside the true rates'.
func (e *evaluation) nll(l likelihood.OfMean) error {
	name, unit := likelihood.LossName(l)
	_, err := e.ask(question{
		name: name, unit: unit + " per element", best: e.report.Oracle,
		of: func(_ context.Context, c *Candidate) (*answer, error) {
			return &answer{score: metric.MeanNLLByTrial(c.Valid.Rates, e.d.Valid.Recon, l.NLL)}, nil
		},
	})
	return err
}

// oracle looks for what no model can beat. Where means do not say how probable
// data are, the model's own likelihood stands beside it.
func (e *evaluation) oracle() error {
	oracle, ok := Oracle(e.d, e.Likelihood, e.Name)
	if !ok || e.report.TruthDoubt != "" {
		return nil
	}
	e.report.Oracle = &oracle
	return nil
}

// ownNLL adds the model's likelihood where the means that it infers do not say how
// probable data are, so that rates have none.
func (e *evaluation) ownNLL() error {
	if e.ModelNLL == nil {
		return nil
	}
	note := "by which the model was chosen"
	if e.report.Oracle != nil {
		note += "; beside it that of the distribution that the data were drawn from"
	}
	e.add(Score{Name: NameNLL, Unit: "nats per element", Value: *e.ModelNLL, Best: e.report.Oracle, Note: note})
	return nil
}

// Oracle returns the negative log likelihood per element of the validation trials
// under the distribution that they were drawn from: as the dataset knows it, for
// the likelihood called name, or else under their true rates. It reports false if
// neither is known, not all of the rates are rates, or rates have no likelihood
// under l.
func Oracle(d *dataset.Dataset, l likelihood.Likelihood, name string) (float64, bool) {
	if d.OracleLikelihood != "" {
		return d.Oracle, d.OracleLikelihood == name
	}
	ofMean, ok := l.(likelihood.OfMean)
	if !ok || d.Valid.Truth == nil {
		return 0, false
	}
	nll := metric.MeanNLL(d.Valid.Truth, d.Valid.Recon, ofMean.NLL)
	return nll, finite(nll)
}

// judge says whether the model is overfitted to the identity. A model that
// beats the true rates and yet predicts spikes no better than mean rates do has
// copied nothing: then it is the true rates that are in doubt.
func (e *evaluation) judge() error {
	nll := e.judgedBy()
	if e.report.Oracle == nil || nll == nil || !finite(*nll) {
		return nil
	}
	e.report.judged = true
	over, sentence := metric.JudgeOverfitting(e.d.Judged(), *nll, *e.report.Oracle)
	if !over {
		return nil
	}
	if !e.Likelihood.Counts() {
		sentence = overfittedToData(e.d.Judged(), *nll, *e.report.Oracle)
	}
	if bits := e.report.Score(NameBits); bits != nil && bits.Value < 0 {
		e.doubtTruth(doubtOfBits(bits.Value, *nll, *e.report.Oracle))
		return nil
	}
	e.report.Overfitting = sentence
	return nil
}

// judgedBy returns the negative log likelihood that is compared with that of the true
// rates: the one by which the model was chosen, or else that of its rates; nil: unknown.
func (e *evaluation) judgedBy() *float64 {
	if e.ModelNLL != nil {
		return e.ModelNLL
	}
	if s := e.report.Score(NameNLL); s != nil {
		return &s.Value
	}
	return nil
}

// overfittedToData is what metric.JudgeOverfitting says of counts, for other data.
func overfittedToData(trials string, model, oracle float64) string {
	return fmt.Sprintf("Identity overfitting: the %s score %.5f is below the %.5f of the distribution that the data were drawn from, "+
		"so the model copies data to its output; raise coordinated dropout or lower the model's capacity.", trials, model, oracle)
}

// doubtTruth says that the true rates are not, and takes back what was said by
// them.
func (e *evaluation) doubtTruth(sentence string) {
	e.report.TruthDoubt, e.report.Oracle = sentence, nil
	if f := e.report.Score(NameNLL); f != nil {
		f.Best = nil
	}
}
