package prepare

import (
	"errors"
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// SplitOptions say which trials train, which validate and which are kept to test
// with. Unless a column, blocks or conditions are asked for, these are shares of all
// trials; windows that overlap are divided by blocks.
type SplitOptions struct {
	ValidShare float64 `json:"valid_share"`          // of trials that validate; 0: dataset.DefaultShare
	TestShare  float64 `json:"test_share,omitempty"` // of trials that test; 0: none does
	Seed       uint64  `json:"seed"`                 // which these are

	Column      string `json:"column,omitempty"`       // says train, valid, test or none of each trial; "": the shares do
	Map         string `json:"map,omitempty"`          // what other words of that column mean: "a=train,b=valid"
	Blocks      int    `json:"blocks,omitempty"`       // of successive trials, of which as a whole shares validate and test; 0: none
	ByCondition bool   `json:"by_condition,omitempty"` // the shares are of the trials of each condition
	DropShared  bool   `json:"drop_shared,omitempty"`  // trials that train and share time with one that does not are left out
}

// part is what a trial is for.
type part uint8

const (
	toNothing part = iota
	toTrain
	toValidate
	toTest
)

func (o *SplitOptions) check() error {
	if err := o.division().Check(); err != nil {
		return err
	}
	ways := 0
	for _, is := range []bool{o.Column != "", o.Blocks != 0, o.ByCondition} {
		if is {
			ways++
		}
	}
	switch {
	case !(o.TestShare >= 0 && o.TestShare+o.division().Share < 1):
		return fmt.Errorf("shares of %g to validate and %g to test leave none to train on, or are no shares (--valid-share, --test-share)", o.division().Share, o.TestShare)
	case ways > 1:
		return errors.New("trials are divided in one way: by --split-column, --split-blocks or --split-by-condition; leave out the others")
	case o.Map != "" && o.Column == "":
		return errors.New("--split-map says what words of a column mean: name it with --split-column")
	case o.Blocks < 0 || o.Blocks == 1:
		return fmt.Errorf("--split-blocks %d: there must be two blocks at least, some to train on and some to validate with", o.Blocks)
	}
	return nil
}

// division is how trials are divided by a share.
func (o *SplitOptions) division() dataset.Division {
	d := dataset.Division{Share: o.ValidShare, Seed: o.Seed}
	if d.Share == 0 {
		d.Share = dataset.DefaultShare
	}
	return d
}

// usualBlocks are those of windows that overlap.
const usualBlocks = 20

// split says of each trial kept what it is for.
func (m *maker) split() error {
	by, err := &m.o.Split, error(nil)
	switch {
	case m.o.Units.ids != nil: // trials for a model are one split
		m.parts = slices.Repeat([]part{toTrain}, len(m.starts))
		return nil
	case by.Column != "":
		m.parts, err = m.splitByColumn(by)
	case by.ByCondition:
		m.parts, err = m.splitByCondition()
	case by.Blocks != 0 || m.chop != nil && m.overlapping() > 0:
		m.parts, err = m.splitByBlocks(by)
	default:
		m.splitByShare(by)
	}
	if err == nil && len(m.trialsFor(toTrain)) == 0 {
		err = fmt.Errorf("of %d trials %d validate, %d test and none train: leave out --test-share", len(m.parts), len(m.trialsFor(toValidate)), len(m.trialsFor(toTest)))
	}
	if err != nil {
		return err
	}
	shared := m.sharing()
	for _, is := range shared {
		if is {
			m.shared++
		}
	}
	if by.DropShared && m.shared > 0 {
		return m.dropShared(shared)
	}
	return nil
}

// splitByShare divides trials as package dataset does.
func (m *maker) splitByShare(o *SplitOptions) {
	by := o.division()
	validates, tests := by.Parts(len(m.starts), o.TestShare)
	m.parts = make([]part, len(m.starts))
	for i := range m.parts {
		m.parts[i] = toTrain
	}
	for _, i := range validates {
		m.parts[i] = toValidate
	}
	for _, i := range tests {
		m.parts[i] = toTest
	}
	m.divided, m.rule = &by, shareRule(o, "")
}

// shareRule says how shares are taken.
func shareRule(o *SplitOptions, of string) string {
	rule := fmt.Sprintf("a share of %g%s by seed %d", o.division().Share, of, o.Seed)
	if o.TestShare > 0 {
		rule = fmt.Sprintf("shares of %g and %g%s by seed %d", o.division().Share, o.TestShare, of, o.Seed)
	}
	return rule
}

// trialsFor returns the places of the trials that are for something.
func (m *maker) trialsFor(is part) (places []int) {
	for i, p := range m.parts {
		if p == is {
			places = append(places, i)
		}
	}
	return places
}

// divide makes the parts of a dataset.
func (m *maker) divide() error {
	d := m.made
	d.DivideAt(m.all, m.trialsFor(toValidate), m.trialsFor(toTest))
	d.Divided = m.divided
	if m.rule != "" && (m.divided == nil || len(m.trialsFor(toTest)) > 0) {
		d.Attributes[attrRule] = m.rule
	}
	return nil
}
