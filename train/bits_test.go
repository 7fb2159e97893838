package train

import (
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/lfads"
)

// The same bits on every instruction set with fused multiply-adds, at every
// GOAMD64 level, on every machine: the checksums of 5 epochs are stored in
// testdata/bits.json. A change that means to change bits runs this test with
// AUTOLFADS_UPDATE=1 and says so.
func TestStoredBits(t *testing.T) {
	members := map[string]func() *Member{}
	for name, change := range map[string]func(*Config){
		"default":                nil,
		"running average":        averaging(3),
		"no coordinated dropout": func(c *Config) { c.CoordinatedDropoutRate = 0 },
		"weight decay, pass":     func(c *Config) { c.WeightDecay, c.CoordinatedDropoutPassRate = .01, .2 },
	} {
		members[name] = func() *Member { return newMember(t, Identity{Seed: 1, Member: 2}, 1, change) }
	}
	wantBits(t, "testdata/bits.json", members)
}

// Likewise of other data, with other likelihoods, priors and augmentations:
// testdata/bits_of_kinds.json.
func TestStoredBitsOfKinds(t *testing.T) {
	members := map[string]func() *Member{}
	for name, change := range map[string]func(*lfads.Config, *Config){
		"gaussian, no priors":            func(m *lfads.Config, _ *Config) { m.Likelihood, m.InputPrior, m.ICPrior = "gaussian", "none", "none" },
		"gamma, student t":               func(m *lfads.Config, _ *Config) { m.Likelihood, m.InputPrior = "gamma", "student_t" },
		"zero-inflated gamma":            func(m *lfads.Config, _ *Config) { m.Likelihood = "zero_inflated_gamma" },
		"squared error, not variational": func(m *lfads.Config, _ *Config) { m.Likelihood, m.Variational = "mse", false },
		"augmentations": func(_ *lfads.Config, c *Config) {
			c.Augment = augment.Strengths{"sample_validation": .1, "temporal_shift": 2, "spike_jitter": 1}
		},
	} {
		members[name] = func() *Member { return memberOfKind(t, false, change) }
		members[name+", missing data"] = func() *Member { return memberOfKind(t, true, change) }
	}
	wantBits(t, "testdata/bits_of_kinds.json", members)
}

// memberOfKind returns a member on counts that a model's likelihood can have, of which
// some may be missing.
func memberOfKind(t *testing.T, missing bool, change func(*lfads.Config, *Config)) *Member {
	t.Helper()
	d, model, c := small(t)
	if missing {
		d, model, c = lacking(t)
	}
	change(&model, &c)
	if model.Likelihood == "gamma" {
		for _, s := range []*dataset.Split{d.Train, d.Valid} {
			for i := range s.Recon.Data {
				s.Recon.Data[i] += .25
			}
			s.Encod = s.Recon
		}
	}
	m, err := New(model, c, d, Identity{Seed: 1, Member: 2}, lfads.Threads(1))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// wantBits compares checksums of members after 5 epochs with those stored in a file.
func wantBits(t *testing.T, path string, members map[string]func() *Member) {
	t.Helper()
	if !kernel.Supported(kernel.AVX2) {
		t.Skip("this CPU has no AVX2: its bits are its own")
	}
	got := map[string]string{}
	for _, level := range kernel.Levels() {
		restore := kernel.Use(level)
		if kernel.Bits() != "fma" {
			restore()
			continue
		}
		for name, member := range members {
			m := member()
			epochs(t, m, 5)
			if before, ok := got[name]; ok && before != digest(m) {
				t.Errorf("%s: %v gives %s, the level before it %s", name, level, digest(m), before)
			}
			got[name] = digest(m)
		}
		restore()
	}
	want := testenv.Stored(t, path, got)
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s: bits %s, stored %s", name, got[name], want[name])
		}
	}
}
