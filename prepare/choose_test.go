package prepare

import (
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// TestTrialsWithoutSpikes: that most trials have none is told, as where trials are in ms.
func TestTrialsWithoutSpikes(t *testing.T) {
	for _, c := range []struct {
		spikes []float64
		told   bool
	}{
		{[]float64{.5, 1.5}, true},
		{[]float64{.5, 1.5, 3.5}, false},
	} {
		r := session([]*dataset.Column{column("start_time", 0, 1, 2, 3, 4), column("stop_time", 1, 2, 3, 4, 5)}, c.spikes, []float64{.25})
		_, _, report := made(t, r, Options{BinMs: 100})
		told := slices.ContainsFunc(report.Notes, func(n string) bool {
			return strings.HasPrefix(n, "3 of 5 trials have no spike of any unit: are trials and spikes on one clock?")
		})
		if told != c.told {
			t.Errorf("spikes at %v: %q", c.spikes, report.Notes)
		}
	}
}
