package dataset

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Missing says how much of the spikes was not observed: of those reconstructed,
// or, in a split without them, of those read.
type Missing struct {
	Values    int              `json:"values"`         // not observed
	Of        int              `json:"of"`             // values there are
	Share     float64          `json:"share"`          // not observed, 0 to 1
	ShareRead float64          `json:"share_read"`     // of the spikes read
	Neurons   []MissingNeurons `json:"neurons"`        // of which most is missing, the worst first
	Never     []int            `json:"never_observed"` // neurons observed in no trial
	Trials    []MissingTrials  `json:"trials"`         // of which most is missing, the worst first
	Whole     int              `json:"whole_trials"`   // trials of which nothing was observed
	Bins      int              `json:"whole_bins"`     // bins of single trials, those of whole trials too, in which no neuron was observed
}

// MissingNeurons is how much of one neuron was not observed.
type MissingNeurons struct {
	Neuron int     `json:"neuron"` // its place in the file
	Share  float64 `json:"share"`
}

// MissingTrials is how much of one trial was not observed.
type MissingTrials struct {
	Split string  `json:"split"`
	Trial int     `json:"trial"`
	Share float64 `json:"share"`
}

// mostNamed is how many neurons and trials are named.
const mostNamed = 3

// Missing returns how much was not observed; nil: all was.
func (d *Dataset) Missing() *Missing {
	m := Missing{Neurons: []MissingNeurons{}, Never: []int{}, Trials: []MissingTrials{}}
	var read, of int
	widest := 0
	for _, s := range d.splits() {
		read, of = read+s.Encod.missing(), of+len(s.Encod.Data)
		m.addTrials(s.name, s.counts())
		widest = max(widest, s.counts().Features)
	}
	if m.Values+read == 0 {
		return nil
	}
	m.Share, m.ShareRead = float64(m.Values)/float64(m.Of), float64(read)/float64(of)
	m.addNeurons(d, widest)
	slices.SortStableFunc(m.Trials, func(a, b MissingTrials) int { return cmp.Compare(b.Share, a.Share) })
	m.Trials = m.Trials[:min(len(m.Trials), mostNamed)]
	return &m
}

// addTrials takes in the trials of a split.
func (m *Missing) addTrials(split string, a *Array) {
	for i := range a.Trials {
		trial := &Array{1, a.Bins, a.Features, a.Trial(i)}
		missing := trial.missing()
		if m.Of += len(trial.Data); missing == 0 {
			continue
		}
		m.Values += missing
		if missing == len(trial.Data) {
			m.Whole++
		}
		for bin := range a.Bins {
			if !anyObserved(trial.Bin(0, bin)) {
				m.Bins++
			}
		}
		m.Trials = append(m.Trials, MissingTrials{split, i, float64(missing) / float64(len(trial.Data))})
	}
}

// addNeurons says of which neurons most is missing; a test split may hold the
// first of them alone.
func (m *Missing) addNeurons(d *Dataset, neurons int) {
	observed, of := make([]int, neurons), make([]int, neurons)
	for _, s := range d.splits() {
		for n, values := range s.counts().Observed() {
			observed[n] += values
			of[n] += s.counts().Trials * s.counts().Bins
		}
	}
	for n := range observed {
		if observed[n] == 0 {
			m.Never = append(m.Never, d.Place(n))
		} else if observed[n] < of[n] {
			m.Neurons = append(m.Neurons, MissingNeurons{d.Place(n), float64(of[n]-observed[n]) / float64(of[n])})
		}
	}
	slices.Sort(m.Never)
	slices.SortStableFunc(m.Neurons, func(a, b MissingNeurons) int { return cmp.Compare(b.Share, a.Share) })
	m.Neurons = m.Neurons[:min(len(m.Neurons), mostNamed)]
}

// Lines say it in words: of all and by neuron, then by trial.
func (m *Missing) Lines() []string {
	all := fmt.Sprintf("%s of %d values are not observed (NaN)", percent(m.Share), m.Of)
	if m.ShareRead != m.Share {
		all += fmt.Sprintf(", %s of those read", percent(m.ShareRead))
	}
	if len(m.Neurons) > 0 {
		all += "; neurons that miss most: " + joinedFew(m.Neurons, func(n MissingNeurons) string { return fmt.Sprintf("%d (%s)", n.Neuron, percent(n.Share)) })
	}
	if len(m.Never) > 0 {
		all += fmt.Sprintf("; never observed: %s (%s)", plural(len(m.Never), "neuron"), few(m.Never))
	}
	if len(m.Trials) == 0 {
		return []string{all}
	}
	trials := "trials that miss most: " + joinedFew(m.Trials, func(t MissingTrials) string { return fmt.Sprintf("%d of %s (%s)", t.Trial, t.Split, percent(t.Share)) })
	return []string{all, trials + fmt.Sprintf("; trials with nothing observed: %d, bins of a trial with no neuron observed: %d", m.Whole, m.Bins)}
}

func joinedFew[T any](parts []T, text func(T) string) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = text(p)
	}
	return strings.Join(texts, ", ")
}

func percent(share float64) string { return fmt.Sprintf("%.3g %%", 100*share) }

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// missingWarnings names neurons of which a model learns nothing and trials of
// which it reads nothing.
func (d *Dataset) missingWarnings() []string {
	var w []string
	if !d.alone {
		w = d.neverWarnings()
	}
	for _, s := range d.splits() {
		if none := unobserved(s.Encod); len(none) > 0 {
			w = append(w, fmt.Sprintf("%s: nothing is observed of %s: the model reads nothing of them, their rates are what it expects of any trial", s.name, someOf(none, s.Trials(), "trials")))
		}
	}
	return w
}

// neverWarnings names neurons that were never observed in training, and those of which
// validation says nothing.
func (d *Dataset) neverWarnings() []string {
	var never, unscored []int
	train, valid := d.Train.counts().Observed(), d.Valid.counts().Observed()
	for n := range train {
		if train[n] == 0 {
			never = append(never, d.Place(n))
		} else if valid[n] == 0 {
			unscored = append(unscored, d.Place(n))
		}
	}
	var w []string
	if len(never) > 0 {
		w = append(w, fmt.Sprintf("%s: never observed in training trials: the model learns nothing of them, their rates mean nothing; better leave them out", neurons(never, len(train))))
	}
	if len(unscored) > 0 {
		w = append(w, fmt.Sprintf("%s: never observed in validation trials: no score says how good their rates are", neurons(unscored, len(train))))
	}
	return w
}

// unobserved returns the trials of which nothing was observed.
func unobserved(a *Array) (trials []int) {
	for i := range a.Trials {
		if !anyObserved(a.Trial(i)) {
			trials = append(trials, i)
		}
	}
	return trials
}
