package augmenttest

import (
	"fmt"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/internal/tinyrun"
)

// Run tests the augmentation registered under a name.
func Run(t *testing.T, name string) {
	all, err := subjects(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		t.Run(s.name, func(t *testing.T) { s.test(t) })
	}
	t.Run("a tiny run ends", func(t *testing.T) {
		strengths, _ := taken(name)
		tinyrun.Run(t, tinyrun.Counts(), func(c *autolfads.Config) { c.Train.Augment = augment.Strengths{name: strengths[0]} })
	})
}

// CoordinatedDropout tests coordinated dropout, which has keys of its own instead of
// a name.
func CoordinatedDropout(t *testing.T) {
	for _, d := range []augment.CoordinatedDropout{{Rate: .1}, {Rate: .9}, {Rate: .4, PassRate: .2}} {
		s := subject{fmt.Sprintf("%+v", d), []augment.Augmentation{d}, d.PassRate == 0}
		t.Run(s.name, func(t *testing.T) { s.test(t) })
	}
	t.Run("a tiny run ends", func(t *testing.T) {
		tinyrun.Run(t, tinyrun.Counts(), func(c *autolfads.Config) {
			c.Train.CoordinatedDropoutRate, c.Train.CoordinatedDropoutPassRate = .3, .2
		})
	})
}

// subject is a list of augmentations to test.
type subject struct {
	name    string
	list    []augment.Augmentation
	guarded bool // coordinated dropout, of pass rate 0, is to keep it from copying
}

func (s subject) test(t *testing.T) {
	for what, check := range s.checks() {
		t.Run(what, func(t *testing.T) {
			if err := check(s.list); err != nil {
				t.Error(err)
			}
		})
	}
}

// subjects returns what is tested of the augmentation registered under a name: at
// every strength that it takes, alone and with coordinated dropout; at the first of
// them beside every other one, in the order of the registry, with coordinated
// dropout.
func subjects(name string) ([]subject, error) {
	strengths, err := taken(name)
	if err != nil {
		return nil, err
	}
	var all []subject
	for _, strength := range strengths {
		what, in := fmt.Sprint("strength ", strength), augment.Strengths{name: strength}
		all = append(all, subject{what, listOf(in, 0), false}, subject{what + " with coordinated dropout", listOf(in, .4), true})
	}
	for _, other := range augment.Names() {
		if other == name {
			continue
		}
		others, err := taken(other)
		if err != nil {
			return nil, err
		}
		both := augment.Strengths{name: strengths[0], other: others[0]}
		all = append(all, subject{"beside " + other, listOf(both, .4), true})
	}
	return all, nil
}

// tried are the strengths that are tried.
var tried = []float64{1, .5, .2, 2}

// taken returns those of the strengths tried that the augmentation takes.
func taken(name string) (strengths []float64, err error) {
	for _, strength := range tried {
		if _, refused := augment.List(augment.Strengths{name: strength}, augment.CoordinatedDropout{}); refused == nil {
			strengths = append(strengths, strength)
		} else {
			err = refused
		}
	}
	if len(strengths) == 0 {
		return nil, fmt.Errorf("%s takes none of the strengths %v: %w", name, tried, err)
	}
	return strengths, nil
}

// listOf returns the list of strengths that are taken, with coordinated dropout.
func listOf(s augment.Strengths, dropout float64) []augment.Augmentation {
	list, err := augment.List(s, augment.CoordinatedDropout{Rate: dropout})
	if err != nil {
		panic(err) // it was taken before
	}
	return list
}
