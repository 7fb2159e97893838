package pace

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/internal/fault"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/run/local"
	"github.com/autolfads/autolfads/synth"
)

// tinyRun is about to train three members on a few trials.
func tinyRun(t *testing.T, change func(*config.Config)) Run {
	t.Helper()
	o := synth.DefaultLorenz()
	o.Conditions, o.TrialsPerCondition, o.Neurons, o.Bins = 2, 5, 6, 10
	d, err := synth.Lorenz(o)
	if err != nil {
		t.Fatal(err)
	}
	c := config.Default()
	c.PBT.Members = 3
	m := &c.Model
	for _, dim := range []*int{&m.GeneratorDim, &m.Factors, &m.InitialConditionDim, &m.ICEncoderDim, &m.CIEncoderDim, &m.ControllerDim} {
		*dim = 4
	}
	change(&c)
	search, err := c.Decide(config.PBT, 1)
	if err != nil {
		t.Fatal(err)
	}
	return Run{Config: &c, Data: d, Search: search, Cores: local.Cores{Workers: 2, Threads: 1}, Engine: lfads.Threads(1)}
}

// What a run does is timed: reviews only where models are scored anew.
func TestMeasure(t *testing.T) {
	for draws := range 2 {
		r := tinyRun(t, func(c *config.Config) { c.PBT.FinalDraws, c.PBT.StopErrors = draws, 0 })
		s, err := r.Measure(t.Context(), 20*time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		if s.Workers != 2 || s.Epoch <= 0 || s.Infer <= 0 || s.Score <= 0 || (s.Review > 0) != (draws > 0) {
			t.Errorf("with %d draws: %+v", draws, s)
		}
	}
}

// All samples take as much longer as there are more of them than were timed.
func TestMeasureInference(t *testing.T) {
	few, many := tinyRun(t, func(c *config.Config) { c.Infer.Samples = 1 }), tinyRun(t, func(c *config.Config) { c.Infer.Samples = 100_000 })
	a, err := few.Measure(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	b, err := many.Measure(t.Context(), 0)
	if err != nil || b.Infer < 100*a.Infer {
		t.Errorf("one sample takes %s, a hundred thousand %s (%v)", a.Infer, b.Infer, err)
	}
}

// What is soon done for all samples is done for all, and counts as it is; what is not, in
// proportion to few.
func TestTimeAll(t *testing.T) {
	const each = 5 * time.Millisecond
	for _, c := range []struct {
		all  int
		soon time.Duration
		want []int
	}{
		{3, 0, []int{3}},
		{40, 0, []int{4}},
		{40, time.Hour, []int{4, 40}},
	} {
		var done []int
		once := 10 * each // is done once, however many there are
		began := time.Now()
		took, err := timeAll(c.all, c.soon, func(n int) error {
			done = append(done, n)
			time.Sleep(once + time.Duration(n)*each)
			return nil
		})
		least := once + time.Duration(c.all)*each
		if len(c.want) == 1 {
			least = (once + time.Duration(c.want[0])*each) * time.Duration(c.all) / time.Duration(c.want[0])
		}
		if err != nil || !slices.Equal(done, c.want) || took < least {
			t.Errorf("of %d: done are %v in %s (%v); want %v, %s or more", c.all, done, took, err, c.want, least)
		}
		if whole := time.Since(began); len(c.want) == 2 && took > whole {
			t.Errorf("what was done in %s is said to take %s", whole, took)
		}
	}
}

// Who stops the measurement hears why.
func TestMeasureStops(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	cancel(why)
	r := tinyRun(t, func(*config.Config) {})
	if _, err := r.Measure(ctx, time.Hour); !errors.Is(err, why) {
		t.Errorf("stopped: %v", err)
	}
}

// A model that diverges is left out; if all do at once, no epoch has a time.
func TestMeasureOfWhatDiverges(t *testing.T) {
	defer func() { fault.Step = nil }()
	for diverging := 1; diverging <= 2; diverging++ {
		fault.Step = func(member, _, _, _ int, loss float64, _ []float32) float64 {
			if member < diverging {
				return math.NaN()
			}
			return loss
		}
		r := tinyRun(t, func(*config.Config) {})
		s, err := r.Measure(t.Context(), 0)
		if all := diverging == 2; all != (err != nil) || !all && s.Epoch <= 0 {
			t.Errorf("%d of two members diverge: %+v (%v)", diverging, s, err)
		}
	}
}
