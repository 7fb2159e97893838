package dataset

import (
	"fmt"
	"strings"
)

// goWithout is what to do about side information that does not fit.
const goWithout = "correct it, or rename the key to go on without it"

// check checks that the arrays fit each other.
func (d *Dataset) check() error {
	if err := d.checkPresent(); err != nil {
		return err
	}
	splits := d.splits()
	for _, s := range splits {
		if err := s.check(s.name, d.keys(), d.Reconstructed()); err != nil {
			return err
		}
	}
	for i := range splits {
		for _, s := range splits[i+1:] {
			if err := d.checkAlike(splits[i], s); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkPresent checks that there is what a model needs.
func (d *Dataset) checkPresent() error {
	l := d.keys()
	for _, s := range []namedSplit{{"train", d.Train}, {"valid", d.Valid}, {"test", d.Test}} {
		mayLack := d.alone || s.name == "test"
		switch {
		case s.Split == nil && mayLack:
		case s.Split == nil || s.Encod == nil:
			return fmt.Errorf("no %s%s", s.name, l.encod)
		case s.Recon == nil && !mayLack:
			return fmt.Errorf("no %s%s: only a test split may lack it", s.name, l.recon)
		}
	}
	if len(d.splits()) == 0 {
		return fmt.Errorf("no spikes")
	}
	return nil
}

// checkAlike compares the arrays of two splits. Spikes and external inputs must
// be in both; side information may be in one, but then has the same width.
func (d *Dataset) checkAlike(a, b namedSplit) error {
	l := d.keys()
	for _, p := range []struct {
		suffix   string
		a, b     *Array
		mustHave bool
	}{
		{l.encod, a.Encod, b.Encod, true},
		{l.recon, a.Recon, b.Recon, false},
		{suffixAside, a.SetAside, b.SetAside, false},
		{suffixExternal, a.External, b.External, true},
		{suffixLatents, a.Latents, b.Latents, false},
		{suffixBehavior, a.Behavior, b.Behavior, false},
	} {
		if (p.a == nil || p.b == nil) && (!p.mustHave || p.a == p.b) {
			continue
		}
		if p.a == nil || p.b == nil || p.a.Bins != p.b.Bins || p.a.Features != p.b.Features {
			return fmt.Errorf("%s has %v, %s has %v: bins and features must agree", l.key(a.name, p.suffix), p.a, l.key(b.name, p.suffix), p.b)
		}
	}
	return nil
}

// check compares the arrays of one split with its spikes; recon has the bins
// and neurons of a split without reconstructed spikes, if it is known.
func (s *Split) check(name string, l *layout, recon *Array) error {
	e := s.Encod
	encod, reconKey := l.keysOf(name)
	if e.Trials == 0 || e.Bins == 0 || e.Features == 0 {
		return fmt.Errorf("%s is empty: it has %v", encod, e)
	}
	all := s.Recon
	switch {
	case all == nil && recon == nil:
		return s.checkAlone(name, l, e)
	case all == nil:
		all = &Array{Trials: e.Trials, Bins: recon.Bins, Features: recon.Features}
	case all.Trials != e.Trials:
		return fmt.Errorf("%s has %v, %s has %v: both must hold the same trials", reconKey, all, encod, e)
	}
	if all.Bins < e.Bins || all.Features < e.Features {
		return fmt.Errorf("%s has %v, %s has %v: it must hold at least the bins and neurons read", reconKey, all, encod, e)
	}
	return s.checkBeside(name, l, all)
}

// checkAlone compares what goes with spikes alone with them. How many neurons
// and bins are reconstructed only the model knows: what no inference needs may
// have any, and external inputs forward bins, too.
func (s *Split) checkAlone(name string, l *layout, e *Array) error {
	if x := s.External; x != nil && (x.Trials != e.Trials || x.Bins < e.Bins || x.Features == 0) {
		return fmt.Errorf("%s has %v, which does not fit the spikes' %v: correct it", l.key(name, suffixExternal), x, e)
	}
	return s.checkPerTrial(name, l)
}

// checkBeside compares what goes with the spikes with them: all has the bins and
// neurons reconstructed.
func (s *Split) checkBeside(name string, l *layout, all *Array) error {
	e := s.Encod
	for _, p := range []struct {
		suffix   string
		a        *Array
		features int  // 0: any
		forward  bool // must have the forward bins, too
	}{
		{suffixTruth, s.Truth, all.Features, true},
		{suffixAside, s.SetAside, 0, true},
		{suffixExternal, s.External, 0, true},
		{suffixLatents, s.Latents, 0, false},
		{suffixBehavior, s.Behavior, 0, false},
	} {
		if p.a == nil {
			continue
		}
		key := l.key(name, p.suffix)
		if p.a.Trials != e.Trials || p.features > 0 && p.a.Features != p.features || p.a.Features == 0 {
			return fmt.Errorf("%s has %v, which does not fit the spikes' %v: %s", key, p.a, all, goWithout)
		}
		if fits := func(bins int) bool { return bins == all.Bins || !p.forward && bins == e.Bins }; !fits(p.a.Bins) {
			if fits(p.a.Features) {
				return fmt.Errorf("%s has %v for %v of spikes: its axes look like trials x features x bins; store it as trials x bins x features", key, p.a, all)
			}
			return wrongBins(key, p.a.Bins, e.Bins, all.Bins, p.forward)
		}
	}
	return s.checkPerTrial(name, l)
}

// wrongBins says what an array with other bins than the spikes' may be: read
// bins are read by the model, all are reconstructed.
func wrongBins(key string, bins, read, all int, forward bool) error {
	spikes := fmt.Sprintf("%d bins of spikes", read)
	if all != read {
		spikes = fmt.Sprintf("%d + %d forward bins of spikes", read, all-read)
	}
	has := fmt.Sprintf("%s has %d bins for %s", key, bins, spikes)
	for _, n := range []int{read, all} {
		switch {
		case bins > n && bins%n == 0:
			return fmt.Errorf("%s: it looks sampled %d times as often; average or decimate it to the bins", has, bins/n)
		case bins > 0 && bins < n && n%bins == 0 && !(forward && bins == read):
			return fmt.Errorf("%s: it looks sampled once in %d bins; interpolate it to the bins, or rename the key to go on without it", has, n/bins)
		}
	}
	if forward && bins == read {
		return fmt.Errorf("%s: it must go on through the forward bins; %s", has, goWithout)
	}
	return fmt.Errorf("%s: it must have as many; %s", has, goWithout)
}

func (s *Split) checkPerTrial(name string, l *layout) error {
	for _, p := range []struct {
		suffix string
		v      []int64
	}{{suffixTrialIDs, s.TrialIDs}, {suffixStarts, s.Starts}, {suffixesCondition[0], s.Condition}} {
		if p.v != nil && len(p.v) != s.Encod.Trials {
			return fmt.Errorf("%s has %d values for %d trials: %s", l.key(name, p.suffix), len(p.v), s.Encod.Trials, goWithout)
		}
	}
	return nil
}

// oneSided says which side information only training or only validation
// trials have: it gives no score.
func (d *Dataset) oneSided() []string {
	var notes []string
	for _, p := range []struct {
		suffix       string
		train, valid bool
	}{
		{suffixAside, d.Train.SetAside != nil, d.Valid.SetAside != nil},
		{suffixTruth, d.Train.Truth != nil, d.Valid.Truth != nil},
		{suffixLatents, d.Train.Latents != nil, d.Valid.Latents != nil},
		{suffixBehavior, d.Train.Behavior != nil, d.Valid.Behavior != nil},
		{suffixesCondition[0], d.Train.Condition != nil, d.Valid.Condition != nil},
	} {
		if p.train == p.valid {
			continue
		}
		has, lacks := "train"+p.suffix, "valid"+p.suffix
		if p.valid {
			has, lacks = lacks, has
		}
		notes = append(notes, fmt.Sprintf("there is %s but no %s: there will be no score of %s", has, lacks, strings.TrimPrefix(p.suffix, "_")))
	}
	return notes
}
