package evaluate

import (
	"fmt"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// Words says in sentences what the scores mean: whether the model is better than
// smoothing, whether it copies spikes, and which neurons it could not model.
func (r *Report) Words(d *dataset.Dataset) (sentences []string) {
	w := words{r, d}
	for _, say := range []func() string{w.heldOut, w.behavior, w.ownSpikes, w.means, w.truth, w.copying, w.fewShot, w.unmodelled} {
		if sentence := say(); sentence != "" {
			sentences = append(sentences, sentence)
		}
	}
	return sentences
}

type words struct {
	r *Report
	d *dataset.Dataset
}

// copying says whether the model copies spikes to its output, or that it cannot be
// told.
func (w *words) copying() string {
	switch {
	case w.r.Overfitting != "":
		return w.r.Overfitting
	case w.r.judged && w.r.TruthDoubt == "" && w.r.Oracle != nil:
		return "The model's " + w.d.Judged() + " likelihood is not better than that of " + w.oracle() + ": it does not copy " + w.read() + " to its output (identity overfitting)."
	case w.r.Score(NameBits) == nil:
		return ""
	case w.r.Score(NameCo) == nil:
		return "Whether the model copies spikes to its output (identity overfitting) these scores cannot say, for it reads every neuron that is scored: " +
			"hold some out (autolfads prepare --hold-out .25, or *_encod_data without them)."
	}
	return w.copyingByHeldOut()
}

// copyingByHeldOut compares neurons that are read with those that are not: what is
// copied helps the first alone.
func (w *words) copyingByHeldOut() string {
	read, out := w.medians()
	if read == nil || out == nil {
		return ""
	}
	text := fmt.Sprintf("The median neuron that is read has %.3f bits per spike, the median held-out one %.3f", *read, *out)
	switch {
	case *out <= 0 && *read <= 0:
		return text + ": there is nothing yet that could be copied or shared."
	case *out <= 0:
		return text + ": the model copies spikes to its output, or the held-out neurons have nothing in common with the others; " +
			"look for channels that record the same spikes (prepare --drop-correlated), and raise coordinated dropout."
	case 2**out < *read:
		return text + ": what held-out neurons score is not copied, but of what the others score more, a part may be (identity overfitting)."
	}
	return text + ": what held-out neurons score is not copied."
}

// medians are those of neurons that are read and of held-out ones, in the bins and
// neurons that scores are of; nil: not known.
func (w *words) medians() (read, out *float64) {
	all, co := w.r.Score(NameBits), w.r.Score(NameCo)
	if all.Neurons == nil || co.Neurons == nil {
		return nil, nil
	}
	of := medianOf(all.Neurons.Each[:w.d.Valid.Encod.Features])
	return of, &co.Neurons.Median
}

// fewShot says how factors teach neurons that training never saw, of the most training
// trials, or that there are no such neurons.
func (w *words) fewShot() string {
	var last *Score
	for i := range w.r.Scores {
		if strings.HasPrefix(w.r.Scores[i].Name, fewShotBegins) {
			last = &w.r.Scores[i]
		}
	}
	switch {
	case last == nil && w.d.Valid.SetAside == nil && w.r.Score(NameBits) != nil:
		return "Few-shot co-smoothing, which tells models of equal co-bps apart, is not scored: no neurons are set aside (--set-aside N of prepare and run)."
	case last == nil:
		return ""
	}
	text := fmt.Sprintf("Neurons that training never saw are predicted from the factors with %.3f bits per spike (%s)", last.Value, last.Name)
	if last.Value <= 0 {
		return text + ": from so few trials, or from these factors, they cannot be learned."
	}
	return text + ": a model of equal co-bps with more has fewer factors that do other things."
}

// mostNamed is how many neurons are named one by one.
const mostNamed = 8

// unmodelled says which neurons the model could not model.
func (w *words) unmodelled() string {
	s := w.r.Score(NameBits)
	if s == nil || s.Neurons == nil {
		return ""
	}
	if s.Neurons.BelowMean == 0 {
		return fmt.Sprintf("All %d neurons with spikes are predicted better than by their mean rates.", s.Neurons.Of)
	}
	var named []string
	for i, bits := range s.Neurons.Each {
		if bits != nil && *bits < 0 {
			named = append(named, w.d.NeuronID(i))
		}
	}
	more := ""
	if n := len(named) - mostNamed; n > 0 {
		named, more = named[:mostNamed], fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("%d of %d neurons with spikes are predicted worse than by their own mean rates, and their rates say little: %s%s.",
		s.Neurons.BelowMean, s.Neurons.Of, strings.Join(named, ", "), more)
}
