package likelihood_test

import (
	"testing"

	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/likelihood/likelihoodtest"
)

func TestEveryLikelihood(t *testing.T) {
	for _, name := range likelihood.Names() {
		t.Run(name, func(t *testing.T) { likelihoodtest.Run(t, name) })
	}
}
