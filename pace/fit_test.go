package pace

import (
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/pbt"
)

// eight members of 105 epochs in the first generation and 25 in each that follows.
func eight() config.Config {
	c := config.Default()
	c.PBT.Members, c.PBT.MaxGenerations = 8, 40
	c.PBT.EpochsPerGeneration, c.PBT.FirstGenerationEpochs = 25, 105
	c.PBT.FinalDraws, c.PBT.FinishEpochs = 4, 0
	c.PBT.StopErrors, c.PBT.MeanGenerations = 1, 2
	return c
}

// A finish is counted with all its epochs, at least those of the member that finishes.
func TestFinishTakesTime(t *testing.T) {
	c, s := eight(), Speed{Workers: 2, Epoch: time.Second}
	without, err := s.Fit(c, config.PBT, time.Hour*24, 0)
	if err != nil {
		t.Fatal(err)
	}
	c.PBT.FinishEpochs = 50
	with, err := s.Fit(c, config.PBT, time.Hour*24, 0)
	if more := with.Takes - without.Takes; err != nil || more < 50*time.Second || more > 5*50*time.Second {
		t.Errorf("a finish of 50 epochs of a second takes %s (%v)", more, err)
	}
}

// On two workers eight members take four rounds: by hand, the first generation takes
// 420 epochs one after the other, each that follows 100.
func TestFitPopulation(t *testing.T) {
	s := Speed{Workers: 2, Epoch: 100 * time.Millisecond, Review: 200 * time.Millisecond, Infer: 5 * time.Second, Score: 3 * time.Second}
	const generation = 150*time.Millisecond + 8*30*time.Millisecond + 200*time.Millisecond
	after := 10*200*time.Millisecond + 8*time.Second // eight members and two means are scored anew
	first := 42*time.Second + generation
	for n := 1; n <= 3; n++ {
		needed := first + time.Duration(n-1)*(10*time.Second+generation) + after
		spent := 7 * time.Second
		exact := time.Duration(float64(needed+spent) / (1 - reserve))
		for _, c := range []struct {
			limit time.Duration
			want  int
		}{{exact + time.Millisecond, n}, {exact - time.Millisecond, n - 1}} {
			plan, err := s.Fit(eight(), config.PBT, c.limit, spent)
			if c.want == 0 {
				if err == nil || !strings.Contains(err.Error(), "not even the first generation fits into "+c.limit.String()) || !strings.Contains(err.Error(), "pbt.members") {
					t.Errorf("within %s: %v, %v", c.limit, plan, err)
				}
				continue
			}
			if err != nil || plan.Key != "pbt.max_generations" || plan.Value != c.want || plan.Whole {
				t.Errorf("within %s: %+v (%v), want %d generations", c.limit, plan, err, c.want)
			}
			if c.want == n && plan.Takes != needed {
				t.Errorf("%d generations are said to take %s, want %s", n, plan.Takes, needed)
			}
		}
	}
}

// Models are scored anew as often as the search's keys say.
func TestReviews(t *testing.T) {
	for _, c := range []struct {
		search                     config.Search
		draws, mean, finish, total int
		errors                     float64
	}{
		{config.PBT, 0, 3, 9, 0, 0},
		{config.PBT, 4, 0, 0, 8, 0},
		{config.PBT, 4, 3, 9, 13, 0},
		{config.PBT, 4, 3, 9, 20, 1},
		{config.Random, 0, 0, 0, 0, 0},
		{config.Random, 4, 3, 9, 4, 1},
		{config.Fixed, 4, 3, 9, 0, 1},
	} {
		is := eight()
		is.PBT.FinalDraws, is.PBT.MeanGenerations, is.PBT.FinishEpochs, is.PBT.StopErrors = c.draws, c.mean, pbt.Epochs(c.finish), c.errors
		search, err := is.Decide(c.search, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := reviews(search, 7); got != c.total {
			t.Errorf("%+v: %d reviews in seven generations", c, got)
		}
	}
}

// A time limit makes no search longer than it is configured, and says so.
func TestFitWholeSearch(t *testing.T) {
	c := eight()
	s := Speed{Workers: 2, Epoch: time.Millisecond}
	plan, err := s.Fit(c, config.PBT, time.Hour, 0)
	if err != nil || !plan.Whole || plan.Value != 40 || !strings.HasSuffix(plan.String(), "that is the whole search") {
		t.Errorf("%+v (%v)", plan, err)
	}
	plan.Apply(&c, config.PBT)
	if c.PBT.MaxGenerations != 40 {
		t.Errorf("it changed the search to %d generations", c.PBT.MaxGenerations)
	}
}

// A random search has fewer models, whose epochs are whole: four fit in two rounds.
func TestFitRandom(t *testing.T) {
	c := config.Default()
	c.Train.MaxEpochs, c.PBT.Members = 100, 20
	s := Speed{Workers: 2, Epoch: 100 * time.Millisecond}
	plan, err := s.Fit(c, config.Random, 26*time.Second, 0)
	if err != nil || plan.Key != "random.epochs_budget" || plan.Value != 400 || !strings.Contains(plan.String(), "4 models fit") ||
		!strings.HasSuffix(plan.String(), "recorded as random.epochs_budget=400") {
		t.Fatalf("%s %+v (%v)", plan, plan, err)
	}
	plan.Apply(&c, config.Random)
	if c.Random.EpochsBudget != 400 || c.PBT.Members != 20 {
		t.Errorf("a budget of %d epochs for %d models", c.Random.EpochsBudget, c.PBT.Members)
	}
	c.Random.EpochsBudget = 250 // two models of a hundred epochs
	if plan, err := s.Fit(c, config.Random, time.Hour, 0); err != nil || !plan.Whole || plan.Value != 200 {
		t.Errorf("%+v (%v)", plan, err)
	}
	if plan, err := s.Fit(c, config.Random, 5*time.Second, 0); err == nil || !strings.Contains(err.Error(), "one model of train.max_epochs") {
		t.Errorf("%+v (%v)", plan, err)
	}
}

// A single model trains fewer epochs, but to the end of its ramps.
func TestFitFixed(t *testing.T) {
	c := config.Default()
	s := Speed{Workers: 1, Epoch: 100 * time.Millisecond}
	plan, err := s.Fit(c, config.Fixed, 20*time.Second, 0)
	if err != nil || plan.Key != "train.max_epochs" || plan.Value != 178 {
		t.Errorf("%+v (%v)", plan, err)
	}
	if plan, err := s.Fit(c, config.Fixed, 8*time.Second, 0); err == nil || !strings.Contains(err.Error(), "to the end of its ramps") {
		t.Errorf("%+v (%v)", plan, err)
	}
}

// Times are said in two or three digits.
func TestRound(t *testing.T) {
	for _, c := range []struct{ in, want string }{{"1h2m3.4s", "1h2m3s"}, {"7.4312s", "7.4s"}, {"41.23ms", "41ms"}, {"6.2345ms", "6.23ms"}, {"3.2µs", "3µs"}} {
		d, err := time.ParseDuration(c.in)
		if err != nil {
			t.Fatal(err)
		}
		if got := round(d).String(); got != c.want {
			t.Errorf("%s is said as %s, want %s", c.in, got, c.want)
		}
	}
}
