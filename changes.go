package autolfads

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/run"
)

// Changes are what a run goes on with otherwise than it was started.
type Changes struct {
	Data     string              // where the data file lies now, with the same content; "": where it was
	Settings func(*Config) error // changes settings: where a search ends and the samples of inference; nil: none
}

// ends are the settings that say where a population's search ends. A run that
// ended by others has the bits, as far as it came, of one that had these from
// the start.
var ends = []string{"pbt.max_generations", "pbt.stop_ratio", "pbt.stop_errors", "pbt.stop_generations"}

// changeable are the settings on which nothing rests that is trained already.
var changeable = append(slices.Clone(ends), "infer.samples")

// apply changes a run's settings; what is new is in run.yaml after f.Save. It says whether
// a search may go on that has ended: its finish is to be dropped before that, for there is
// another at its later end.
func (c Changes) apply(f *run.Folder, config *Config) (goesOn bool, err error) {
	if c.Settings == nil {
		return false, nil
	}
	was := DefaultConfig() // read again: a copy would share the space with config
	if _, err := run.Read(f.Dir, &was); err != nil {
		return false, err
	}
	if err := c.Settings(config); err != nil {
		return false, err
	}
	changes := settings.Changed(&was, config)
	if len(changes) == 0 {
		return false, nil
	}
	for _, d := range changes {
		if err := mayChange(d, Search(f.Header.Search)); err != nil {
			return false, err
		}
	}
	if err := config.Check(); err != nil {
		return false, err
	}
	goesOn = slices.ContainsFunc(changes, func(d settings.Difference) bool { return slices.Contains(ends, d.Key) })
	if goesOn {
		if err := endsAhead(f, config, changes); err != nil {
			return false, err
		}
	}
	for _, d := range changes {
		if err := f.Change(d.Key, d.From, d.To); err != nil {
			return false, err
		}
	}
	return goesOn, nil
}

// mayChange says why a setting of a run of some search must stay.
func mayChange(d settings.Difference, s Search) error {
	switch {
	case !slices.Contains(changeable, d.Key):
		return fmt.Errorf("%s stays %s: what is trained so far was trained with it. A run can go on with other values of %s alone; for another %s start a new run",
			d.Key, d.From, strings.Join(changeable, ", "), d.Key)
	case !s.Population() && slices.Contains(ends, d.Key):
		return fmt.Errorf("%s is where a population ends, and this run is --search %s, which has no generations to add: start a new run", d.Key, s)
	}
	return nil
}

// endsAhead refuses settings under which a population would have ended before
// the generations that it has begun: what was best by then may be gone.
func endsAhead(f *run.Folder, config *Config, changes []settings.Difference) error {
	search, err := decide(config, &f.Header)
	if err != nil {
		return err
	}
	var reviewer *run.Reviewer
	if reviewed(config, f) {
		reviewer = &run.Reviewer{Draws: config.FinalDraws()}
	}
	begun, after, ended, err := f.Ends(search, reviewer)
	if errors.Is(err, run.ErrUnreviewed) && slices.ContainsFunc(changes, turnsReviewsOn) {
		return errors.New("pbt.stop_errors stays 0: generations were not reviewed while it was, and the checkpoints that reviews are made from are gone. Go on without it, or start a new run with it")
	}
	if err != nil || !ended || after >= begun {
		return err
	}
	var asked []string
	for _, d := range changes {
		asked = append(asked, d.Key+"="+d.To)
	}
	return fmt.Errorf("with %s the search would have ended after %d generations, and %d are begun: their checkpoints took the place of older ones. To end it now give pbt.max_generations=%d",
		strings.Join(asked, ", "), after, begun, begun)
}

// turnsReviewsOn reports whether a change wants generations to be reviewed that were not.
func turnsReviewsOn(d settings.Difference) bool { return d.Key == "pbt.stop_errors" && d.From == "0" }
