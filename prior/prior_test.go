package prior_test

import (
	"testing"

	"github.com/autolfads/autolfads/prior"
	"github.com/autolfads/autolfads/prior/priortest"
)

func TestEveryPrior(t *testing.T) {
	for _, name := range prior.Names() {
		t.Run(name, func(t *testing.T) { priortest.Run(t, name) })
	}
}
