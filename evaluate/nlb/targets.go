package nlb

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare"
	prepared "github.com/autolfads/autolfads/prepare/nlb"
	"github.com/autolfads/autolfads/tree"
)

// PublicChecksum is the SHA-256 of the benchmark's public targets of the test split:
// data/eval_data_test.h5 of nlb_tools.
const PublicChecksum = "f2f434d30193251b58e6a693381fdd185c8fbc0e47d38f8810e65295bc42c865"

// timing is the data set whose behaviour is an interval: columns of trials, of which
// the first three make conditions and the last is what was produced, in ms.
const timing = "dmfc_rsg"

// Targets are what predictions of one data set are compared with. Trials that are
// evaluated stand in the same order in all arrays, and so do those that train.
type Targets struct {
	Path    string
	Dataset string // of prepare/nlb's Names
	BinMs   int
	Split   string // of the trials that are evaluated: val, test, or "": not known
	Warning string // a sentence, if the file is not the one that was asked for; "": none

	HeldOut        *dataset.Array // spikes, [trials, bins, neurons held out]; NaN: not scored
	HeldInForward  *dataset.Array // spikes, [trials, forward bins, neurons held in]; nil: none
	HeldOutForward *dataset.Array

	TrainBehavior, EvalBehavior *dataset.Array // velocity, [trials, bins, 2], or columns, [trials, 1, columns]
	TrainMask, EvalMask         *dataset.Array // not 0: goes with the mask's regression, [trials, 1 or bins, masks]; nil: one regression of all

	PSTH       *dataset.Array // expected counts per bin, [conditions, bins, neurons]; NaN: not scored; nil: none
	Conditions [][]int        // of each condition, which evaluated trials are of it
	Jitter     []int          // by how many bins each evaluated trial was moved back; nil: none
}

// OwnTargets reads the targets of a file that `autolfads prepare --preset nlb/NAME`
// wrote, or another with such a group.
func OwnTargets(path, name string, binMs int) (*Targets, error) {
	t, err := readTargets(path, name, binMs)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	t.Split = prepared.Val
	return t, nil
}

// OpenTargets reads the targets of one data set from a file of the benchmark's own
// layout, which may hold many. Any but the public eval_data_test.h5 is read with a warning.
func OpenTargets(path, name string, binMs int) (*Targets, error) {
	t, err := readTargets(path, name, binMs)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	sum, err := prepare.Checksum(path, nil, nil)
	if err != nil {
		return nil, err
	}
	if sum != PublicChecksum {
		t.Warning = fmt.Sprintf("%s is not the benchmark's public eval_data_test.h5: its SHA-256 is %s, the public one's %s; figures are of its trials, whatever they are",
			path, sum, PublicChecksum)
		return t, nil
	}
	t.Split = prepared.Test
	return t, nil
}

// groupOf is where targets of a data set stand.
func groupOf(name string, binMs int) (string, error) {
	if names := prepared.Names(); !slices.Contains(names, name) {
		return "", fmt.Errorf("there is no data set %s in the benchmark: it has %s", name, strings.Join(names, ", "))
	}
	switch binMs {
	case 5:
		return name, nil
	case 20:
		return name + "_20", nil
	}
	return "", fmt.Errorf("bins of %d ms: the benchmark has bins of 5 and of 20 ms", binMs)
}

func readTargets(path, name string, binMs int) (*Targets, error) {
	group, err := groupOf(name, binMs)
	if err != nil {
		return nil, err
	}
	f, err := tree.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &reader{}
	if r.group, err = tree.GroupAt(f.Root(), group); err != nil {
		return nil, fmt.Errorf("there is no group %s, which would hold targets of %s in bins of %d ms: there are %s; "+
			"give what autolfads prepare --preset nlb/%s --eval val wrote, or the benchmark's file of targets (--targets eval_data_test.h5)",
			group, name, binMs, list(f.Root().Keys()), name)
	}
	t := &Targets{Path: path, Dataset: name, BinMs: binMs}
	r.targets(t)
	if r.err == nil {
		r.err = t.check()
	}
	return t, r.err
}

// list is names in a sentence.
func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// targets reads all that there is.
func (r *reader) targets(t *Targets) {
	t.HeldOut = r.array("eval_spikes_heldout")
	t.HeldInForward, t.HeldOutForward = r.array("eval_spikes_heldin_forward"), r.array("eval_spikes_heldout_forward")
	t.TrainBehavior, t.EvalBehavior = r.array("train_behavior"), r.array("eval_behavior")
	t.TrainMask, t.EvalMask = r.array("train_decode_mask"), r.array("eval_decode_mask")
	t.PSTH, t.Conditions, t.Jitter = r.array("psth"), r.lists("eval_cond_idx"), r.whole("eval_jitter")
}

// check returns an error for arrays that do not go together.
func (t *Targets) check() error {
	if t.HeldOut == nil {
		return fmt.Errorf("eval_spikes_heldout is missing: without it nothing is scored; autolfads prepare writes it with --eval val")
	}
	for _, a := range []struct {
		key string
		*dataset.Array
	}{
		{"eval_spikes_heldin_forward", t.HeldInForward},
		{"eval_spikes_heldout_forward", t.HeldOutForward},
		{"eval_behavior", t.EvalBehavior},
		{"eval_decode_mask", t.EvalMask},
	} {
		if a.Array != nil && a.Trials != t.HeldOut.Trials {
			return fmt.Errorf("%s has %d trials, eval_spikes_heldout %d: they must be the same", a.key, a.Trials, t.HeldOut.Trials)
		}
	}
	if t.Jitter != nil && len(t.Jitter) != t.HeldOut.Trials {
		return fmt.Errorf("eval_jitter has %d trials, eval_spikes_heldout %d: they must be the same", len(t.Jitter), t.HeldOut.Trials)
	}
	return t.checkConditions()
}

func (t *Targets) checkConditions() error {
	if t.PSTH == nil {
		return nil
	}
	if len(t.Conditions) != t.PSTH.Trials {
		return fmt.Errorf("eval_cond_idx lists trials of %d conditions, psth has %d: they must be the same", len(t.Conditions), t.PSTH.Trials)
	}
	for c, trials := range t.Conditions {
		for _, trial := range trials {
			if trial < 0 || trial >= t.HeldOut.Trials {
				return fmt.Errorf("eval_cond_idx has trial %d in condition %d: trials are 0 to %d", trial, c, t.HeldOut.Trials-1)
			}
		}
	}
	return nil
}
