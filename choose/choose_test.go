package choose

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/local"
	"github.com/autolfads/autolfads/synth"
	"github.com/autolfads/autolfads/work"
)

// searched is a small search that is over, in a folder.
func searched(t *testing.T, search config.Search, change func(*config.Config)) *Request {
	t.Helper()
	o := synth.DefaultLorenz()
	o.Conditions, o.TrialsPerCondition, o.Neurons, o.Bins = 4, 10, 6, 10
	d, err := synth.Lorenz(o)
	if err != nil {
		t.Fatal(err)
	}
	c := config.Default()
	m := &c.Model
	m.GeneratorDim, m.Factors, m.InitialConditionDim, m.InferredInputs = 8, 4, 4, 1
	m.ICEncoderDim, m.CIEncoderDim, m.ControllerDim = 6, 6, 6
	c.Train.BatchSize, c.Train.KLRampEpochs, c.Train.L2RampEpochs, c.Train.MaxEpochs = 64, 0, 0, 6
	c.PBT.Members, c.PBT.FirstGenerationEpochs, c.PBT.EpochsPerGeneration, c.PBT.MaxGenerations = 6, 8, 4, 3
	c.PBT.StopRatio, c.PBT.FinalDraws, c.PBT.MeanGenerations = 0, 16, 2
	if change != nil {
		change(&c)
	}
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	s, err := c.Decide(search, 5)
	if err != nil {
		t.Fatal(err)
	}
	f, err := run.Create(filepath.Join(t.TempDir(), "run"), run.Header{Seed: 5, Search: string(search)}, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	ending, err := run.Drive(t.Context(), f, s, local.Cores{}.Executor(f, work.Worker(c, d, 0)), nil, func(run.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	return &Request{Folder: f, Config: &c, Data: d, Final: ending.Final, Engine: lfads.Threads(2)}
}

func final(t *testing.T, r *Request) *run.Choice {
	t.Helper()
	c, err := Final(t.Context(), r)
	if err != nil || c == nil {
		t.Fatalf("%v, %v", c, err)
	}
	return c
}

// files are those that a choice writes.
func files(t *testing.T, r *Request) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, pattern := range []string{"best/*", "finalists/*"} {
		paths, err := filepath.Glob(filepath.Join(r.Folder.Dir, pattern))
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: %v, %v", pattern, paths, err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			all[strings.TrimPrefix(path, r.Folder.Dir)] = string(text)
		}
	}
	return all
}

// The lowest of all losses is chosen, its checkpoint is in best/, and scoring it anew
// gives the score that is written. Made again, the choice has the same bytes.
func TestFinal(t *testing.T) {
	r := searched(t, config.PBT, nil)
	c := final(t, r)
	if last := c.Finalists[len(c.Finalists)-1]; len(r.Final.Means) == 0 || last.Kind != run.KindMean || len(last.Members) < 2 {
		t.Fatalf("no mean is a finalist: %+v", r.Final)
	}
	for i := range c.Finalists {
		f := &c.Finalists[i]
		if float64(*f.FinalScore) < float64(*c.Chosen().FinalScore) {
			t.Errorf("%s has a lower score than the chosen %s", f, c.Chosen())
		}
		if f.Chosen != (f.Worse == nil) || !f.Chosen && !(float64(*f.Error) > 0) {
			t.Errorf("%s: chosen %v, worse by %v", f, f.Chosen, f.Worse)
		}
	}
	best, err := r.Folder.Best()
	if err != nil || best.SHA256 != c.Chosen().SHA256 || *best.FinalScore != *c.Chosen().FinalScore {
		t.Fatalf("best.json has %+v, %v", best, err)
	}
	s, err := r.Folder.ReadFinalist(&run.Finalist{Best: *best, Checkpoint: "best/checkpoint.safetensors"})
	if err != nil {
		t.Fatal(err)
	}
	losses, err := (&work.Reviewer{Config: r.Config, Data: r.Data, Draws: 16, Seed: 5, Engine: lfads.Threads(1)}).Review(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if got := sum(losses) / float64(len(r.Data.Valid.Recon.Data)); math.Abs(got-best.Final()) > 0 {
		t.Errorf("best/ scores %v, and it is written %v", got, best.Final())
	}
	was := files(t, r)
	final(t, r)
	for name, text := range files(t, r) {
		if was[name] != text {
			t.Errorf("%s differs when the choice is made again", name)
		}
	}
}

// A mean of members that disagree in model.* settings is of those that agree.
func TestMeanOfLikeMembers(t *testing.T) {
	r := searched(t, config.PBT, func(c *config.Config) {
		c.PBT.Space["model.ci_lag"] = pbt.Parameter{Low: 1, High: 9, Scale: pbt.Uniform, Explore: 5, Limits: true}
		c.PBT.MaxGenerations, c.PBT.MeanGenerations = 5, 4
	})
	c := final(t, r)
	if len(c.LeftOut) == 0 || !strings.Contains(strings.Join(Words(c), "\n"), "Left out of the mean: generation") {
		t.Fatalf("nobody is left out: %v", Words(c))
	}
	for _, f := range c.Finalists {
		for _, p := range f.Members {
			one, err := r.Config.With(p.Hyper)
			of, also := r.Config.With(f.Hyper)
			if err != nil || also != nil || one.Model != of.Model {
				t.Errorf("member %d of the mean has other settings than member %d", p.Member, f.Member)
			}
		}
	}
}

// The best of a random search are scored anew; one model leaves no choice.
func TestFinalOfOthers(t *testing.T) {
	if c := final(t, searched(t, config.Random, nil)); len(c.Finalists) != 4 || slices.ContainsFunc(c.Finalists, func(f run.Finalist) bool { return f.Kind != "" }) {
		t.Errorf("finalists of a random search: %+v", c.Finalists)
	}
	for _, none := range []*Request{
		searched(t, config.Fixed, nil),
		searched(t, config.PBT, func(c *config.Config) { c.PBT.StopErrors, c.PBT.FinalDraws, c.PBT.MeanGenerations = 0, 0, 0 }),
		searched(t, config.PBT, func(c *config.Config) { c.PBT.Members, c.PBT.MaxGenerations, c.PBT.FinishEpochs = 1, 1, 0 }),
	} {
		if c, err := Final(t.Context(), none); c != nil || err != nil {
			t.Errorf("chosen %+v, %v", c, err)
		}
		if _, err := os.Stat(filepath.Join(none.Folder.Dir, "finalists")); !os.IsNotExist(err) {
			t.Errorf("finalists/ is made where there is nothing to choose: %v", err)
		}
	}
}

// Stopped, it says so.
func TestFinalStopped(t *testing.T) {
	r := searched(t, config.PBT, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Final(ctx, r); err != context.Canceled {
		t.Errorf("said: %v", err)
	}
}

// Models that are not variational have one draw, and that is said.
func TestFinalWithoutSamples(t *testing.T) {
	c := final(t, searched(t, config.PBT, func(c *config.Config) { c.Model.Variational = false }))
	if c.Draws != 1 || !strings.Contains(Words(c)[0], "each scored anew by one posterior draw of every validation trial") {
		t.Errorf("%d draws: %s", c.Draws, Words(c)[0])
	}
}
