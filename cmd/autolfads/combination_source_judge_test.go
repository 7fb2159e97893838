package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sourceJudge looks at one row on its way from a recording to rates.
type sourceJudge struct {
	combination
	t           *testing.T
	source, dir string
	made, out   string // of prepare, and of run
	direct      string // of run, of the recording
	report      sourceReport
	prepared    *tensors // trials
	rates       *tensors
}

// judgedSource runs a row in an empty folder, with sources in another. It returns the
// sentence by which it was refused, if it was, or what went wrong.
func (c combination) judgedSource(t *testing.T, sources, dir string) (refusal string, err error) {
	j := &sourceJudge{
		combination: c, t: t, dir: dir, source: c.sourceIn(sources),
		made: filepath.Join(dir, "made.h5"), out: filepath.Join(dir, "run"), direct: filepath.Join(dir, "direct"),
	}
	if rival := c.refusal(); rival != nil {
		return j.isRefused(rival)
	}
	for _, check := range []func() error{j.prepare, j.file, j.info, j.run, j.outputs, j.merged, j.runDirectly, j.infer} {
		if err := check(); err != nil {
			return "", err
		}
	}
	return "", nil
}

// refusal is what a row must be refused for; nil: nothing.
func (c combination) refusal() *refused {
	for _, r := range refusedPairs() {
		if c.is(r.factor, r.value) && c.is(r.other, r.otherValue) {
			return &r
		}
	}
	return nil
}

// isRefused looks that prepare and run refuse the row, in one sentence, and leave nothing.
func (j *sourceJudge) isRefused(r *refused) (sentence string, err error) {
	commands := [][]string{j.runArgs(j.source, j.direct, j.directArgs()...)}
	if !r.atRun() {
		commands = append(commands, j.prepareArgs())
	} else if err := j.prepare(); err != nil {
		return "", err
	}
	for _, args := range commands {
		got := execute(j.t, command(args...))
		if sentence, err = refusedBy(got); err != nil {
			return "", fmt.Errorf("%w\nby autolfads %s", err, quoted(args))
		}
		if got.code != exitError || !r.says.MatchString(sentence) {
			return "", fmt.Errorf("exit code %d, and %s does not say %q: %s\nby autolfads %s", got.code, args[0], r.says, sentence, quoted(args))
		}
	}
	left, err := os.ReadDir(j.dir)
	left = slices.DeleteFunc(left, func(e os.DirEntry) bool { return r.atRun() && e.Name() != "direct" })
	if err == nil && len(left) > 0 {
		err = fmt.Errorf("what was refused leaves %v", left)
	}
	return sentence, err
}

func (j *sourceJudge) succeeds(args ...string) (result, error) {
	got := execute(j.t, command(args...))
	return got, got.fault(args)
}

func (j *sourceJudge) prepareArgs() []string {
	return slices.Concat([]string{"prepare", j.source, "--out", j.made, "--seed", j.combination["seed"], "--no-overview", "--json"}, j.trialArgs())
}

// directArgs are the flags of trials as run has them.
func (j *sourceJudge) directArgs() []string {
	return append(j.trialArgs(), "--split-seed", j.combination["seed"])
}

// runArgs are those of the smallest model.
func (j *sourceJudge) runArgs(data, out string, more ...string) []string {
	args := []string{"run", data, "--out", out, "--search", "fixed", "--threads", "1"}
	for _, key := range []string{"generator_dim=4", "factors=3", "initial_condition_dim=3", "ic_encoder_dim=4", "ci_encoder_dim=3", "controller_dim=3", "inferred_inputs=1"} {
		args = append(args, "--set", "model."+key)
	}
	for _, key := range []string{"model.likelihood", "model.variational"} {
		args = append(args, "--set", key+"="+j.combination[key])
	}
	return append(append(args, "--set", "train.max_epochs=1", "--set", "infer.samples=2"), more...)
}

func (j *sourceJudge) run() error {
	got, err := j.succeeds(j.runArgs(j.made, j.out)...)
	if err == nil && !strings.Contains(got.stdout, "scores on validation trials") {
		err = fmt.Errorf("run does not tell its scores:\n%s", got.stdout)
	}
	return err
}

// runDirectly has run prepare the recording itself: trials, models and rates are the
// same, bit for bit.
func (j *sourceJudge) runDirectly() error {
	if _, err := j.succeeds(j.runArgs(j.source, j.direct, j.directArgs()...)...); err != nil {
		return err
	}
	trials, err := filepath.Glob(filepath.Join(j.direct, "data", "*.h5"))
	if err != nil || len(trials) != 1 {
		return fmt.Errorf("%w: run keeps the trials %v", err, trials)
	}
	rates := filepath.Join(j.direct, "outputs", filepath.Base(trials[0]))
	err = errors.Join(sameTensors(j.made, trials[0]), sameTensors(j.rates.path, rates))
	for _, name := range []string{"scores.csv", "best/checkpoint.safetensors"} {
		a, errA := os.ReadFile(filepath.Join(j.out, name))
		b, errB := os.ReadFile(filepath.Join(j.direct, name))
		if err = errors.Join(err, errA, errB); err == nil && !slices.Equal(a, b) {
			err = fmt.Errorf("%s of run of the recording differs", name)
		}
	}
	return err
}
