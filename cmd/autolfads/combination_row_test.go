package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// judge looks at one row: everything that a user would do with it.
type judge struct {
	combination
	t              *testing.T
	dir, data, out string
	begin          []string // arguments of its run
	promised       map[string][]byte
}

// judged runs a row in an empty folder. It returns the sentence by which it was
// refused before training, if it was, or what went wrong.
func (c combination) judged(t *testing.T, dir string) (refusal string, err error) {
	r := &judge{combination: c, t: t, dir: dir, data: filepath.Join(dir, "tiny.h5"), out: filepath.Join(dir, "out")}
	if err := c.record(r.data, c.sizes()); err != nil {
		return "", fmt.Errorf("the recording cannot be made: %w", err)
	}
	if r.begin, err = c.run(dir, r.data, r.out); err != nil {
		return "", err
	}
	refusal, err = r.first()
	if err == nil && (refusal != "" || c["flaw"] != "") {
		err = r.judgeFlaw(refusal)
	}
	if err != nil || refusal != "" {
		return refusal, err
	}
	for _, check := range []func() error{r.info, r.outputs, r.scores, r.figures, r.report, r.status, r.resumed, r.inferred, r.replayed, r.killed} {
		if err := check(); err != nil {
			return "", err
		}
	}
	return "", nil
}

// succeeds runs a command that has to end well.
func (r *judge) succeeds(args ...string) (result, error) {
	got := execute(r.t, command(args...))
	return got, got.fault(args)
}

// fault is an error unless a command ended well.
func (got result) fault(args []string) error {
	if got.code == 0 && !strings.Contains(got.stderr, "panic:") {
		return nil
	}
	return fmt.Errorf("%s: exit code %d: %s\nby autolfads %s", args[0], got.code, got.stderr, quoted(args))
}

// quoted writes arguments as a shell takes them.
func quoted(args []string) string {
	words := slices.Clone(args)
	for i, w := range words {
		if strings.ContainsAny(w, " {}*'") {
			words[i] = "'" + w + "'"
		}
	}
	return strings.Join(words, " ")
}

// first runs the row as the built program, from start to end.
func (r *judge) first() (refusal string, err error) {
	args := slices.Concat(r.begin, r.how())
	got := execute(r.t, command(args...))
	if _, err := os.Stat(r.out); got.code == exitError && errors.Is(err, os.ErrNotExist) {
		return refusedBy(got)
	}
	if err := got.fault(args); err != nil {
		return "", err
	}
	if r.is("progress", "json") {
		if err := jsonLines(got.stdout); err != nil {
			return "", fmt.Errorf("run --json: %w", err)
		}
	} else if !strings.Contains(got.stdout, "scores on validation trials") {
		return "", fmt.Errorf("run does not tell its scores:\n%s", got.stdout)
	}
	if err := r.saysMissing("run", got.stdout+got.stderr, "missing data: "); err != nil {
		return "", err
	}
	r.promised, err = promisedFiles(r.out)
	return "", err
}

// notesBefore are lines that may stand before a refusal: what a name was taken
// for, what has no effect, what is missing or hardly meant, and what files lack.
var notesBefore = regexp.MustCompile(`^(?:(?:\S+ is \S+ here|\S+ is searched, so .*|model\.\S+ is (?:false|none): .*|warning: .*|missing data: .*|\S+\.h5: .*)\n)*`)

// refusedBy returns the sentence of a refusal.
func refusedBy(got result) (string, error) {
	text := got.stderr[len(notesBefore.FindString(got.stderr)):]
	sentence, ok := strings.CutPrefix(strings.TrimSuffix(text, "\n"), "autolfads: ")
	if !ok || strings.Contains(sentence, "\n") {
		return "", fmt.Errorf("a refusal is not one sentence:\n%s", got.stderr)
	}
	return sentence, nil
}

func jsonLines(text string) error {
	for line := range strings.Lines(text) {
		var v any
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			return fmt.Errorf("%w: %s", err, line)
		}
	}
	return nil
}

// info must read what a run reads.
func (r *judge) info() error {
	args := r.infoArgs(r.data)
	got, err := r.succeeds(args...)
	if err == nil {
		err = r.saysMissing("info", got.stdout, "values are not observed (NaN)")
	}
	if err != nil {
		return err
	}
	got, err = r.succeeds(append(args, "--json")...)
	if err != nil {
		return err
	}
	var summary struct {
		Bins    int `json:"bins"`
		Forward int `json:"forward_bins"`
		HeldIn  int `json:"held_in"`
		HeldOut int `json:"held_out"`
	}
	if err := json.Unmarshal([]byte(got.stdout), &summary); err != nil {
		return fmt.Errorf("info --json: %w: %s", err, got.stdout)
	}
	s := r.sizes()
	if summary.Bins != s.bins || summary.Forward != s.forward || summary.HeldIn != s.heldIn || summary.HeldOut != s.heldOut {
		return fmt.Errorf("info --json says %+v of a recording of %+v", summary, s)
	}
	return nil
}

// status says of a finished run that it is.
func (r *judge) status() error {
	got, err := r.succeeds("status", r.out)
	if err == nil && !strings.Contains(got.stdout, "finished") {
		err = fmt.Errorf("status does not say that the run is finished:\n%s", got.stdout)
	}
	if err != nil {
		return err
	}
	if got, err = r.succeeds("status", r.out, "--json"); err != nil {
		return err
	}
	var s struct {
		Status string `json:"status"`
	}
	if err := json.Unmarshal([]byte(got.stdout), &s); err != nil || s.Status != "finished" {
		return fmt.Errorf("status --json (%w) of a finished run:\n%s", err, got.stdout)
	}
	return nil
}

// resumed looks that resuming a finished run leaves it as it is.
func (r *judge) resumed() error {
	if _, err := r.succeeds("resume", r.out); err != nil {
		return err
	}
	return r.same("resumed when it was finished", r.out, true)
}

// same compares a run folder with the first one, figures too if it has any.
func (r *judge) same(what, out string, figures bool) error {
	files, err := promisedFiles(out)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(r.promised)) {
		changed := name == "run.yaml" && !r.is("second run", "as the first") // and says so
		got, want := files[name], r.promised[name]
		switch {
		case figures:
		case name == "scores.json":
			got, want = withoutFigures(got), withoutFigures(want)
		case name == "report.html":
			got, want = figuresInReport.ReplaceAll(got, nil), figuresInReport.ReplaceAll(want, nil)
		}
		if drawn := strings.HasPrefix(name, "figures/"); !changed && (figures || !drawn) && !bytes.Equal(got, want) {
			return fmt.Errorf("%s: %s differs", what, name)
		}
	}
	return nil
}

// withoutFigures takes from scores.json what it says of figures.
func withoutFigures(text []byte) []byte {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return text
	}
	delete(all, "figures")
	delete(all, "skipped_figures")
	without, err := json.Marshal(all)
	if err != nil {
		return text
	}
	return without
}
