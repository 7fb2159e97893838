package baseline_test

import (
	"testing"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/baseline/baselinetest"
)

func TestEveryBaseline(t *testing.T) {
	for _, name := range baseline.Names() {
		t.Run(name, func(t *testing.T) { baselinetest.Run(t, name) })
	}
}
