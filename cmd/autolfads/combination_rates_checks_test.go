package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/metric"
)

// scored looks at what evaluate says, and at its figures.
func (j *ratesJudge) scored(text string) error {
	if err := j.drawn(text); err != nil {
		return err
	}
	if j.is("told", "text") {
		return j.inText(text)
	}
	var e autolfads.Evaluated
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		return fmt.Errorf("%w:\n%s", err, text)
	}
	var s scoring
	err := json.Unmarshal([]byte(text), &s)
	if j.byBenchmark() {
		err = errors.Join(err, j.benchmarked(&e))
	} else {
		err = errors.Join(err, j.beside(&e), j.complete(&s))
	}
	if err != nil {
		err = fmt.Errorf("%w:\n%s", err, text)
	}
	return err
}

func (j *ratesJudge) byBenchmark() bool { return !j.is("scored", "by us") }

// inText looks that text names all files and numbers are numbers.
func (j *ratesJudge) inText(text string) error {
	title := "\nscores on validation trials"
	if j.byBenchmark() {
		title = "co-bps"
	}
	if !strings.HasPrefix(text, "model: ") || !strings.Contains(text, title) {
		return fmt.Errorf("it does not begin with the model, or has no %q:\n%s", title, text)
	}
	if n := strings.Count(text, "beside it: "); n != len(j.besideIt()) {
		return fmt.Errorf("%d files stand beside it:\n%s", n, text)
	}
	for _, w := range []string{"NaN", "+Inf", "-Inf", "%!"} {
		if strings.Contains(text, w) {
			return fmt.Errorf("it says %s:\n%s", w, text)
		}
	}
	return nil
}

// beside looks at each score and those beside it.
func (j *ratesJudge) beside(e *autolfads.Evaluated) error {
	if len(e.Files) != 1+len(j.besideIt()) {
		return fmt.Errorf("%d files", len(e.Files))
	}
	var names []string
	for _, f := range e.Files[1:] {
		names = append(names, f.Name)
	}
	for i := range e.Scores {
		s := &e.Scores[i]
		if strings.HasPrefix(s.Note, "by which the model was chosen") {
			continue // of data that are no counts: rates alone have no likelihood
		}
		if err := errors.Join(j.rivals(s, names), j.intervals(s)); err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	return nil
}

// rivals looks that those beside a score are the files in order, then smoothing; and that
// who has no score says why.
func (j *ratesJudge) rivals(s *evaluate.Score, want []string) error {
	var names []string
	for i := range s.Rivals {
		r := &s.Rivals[i]
		names = append(names, r.Name)
		if (r.Value == nil) != strings.HasPrefix(r.Note, "no score: ") {
			return fmt.Errorf("%s has value %v and note %q", r.Name, r.Value, r.Note)
		}
	}
	if n := len(names); n > 0 && names[n-1] == evaluate.Smoothing && j.is("smoothing", "beside") {
		names = names[:n-1]
	}
	if !slices.Equal(names, want) {
		return fmt.Errorf("beside it stand %q, want %q", names, want)
	}
	return j.alike(s)
}

// alike looks that the same rates have the same scores, wherever they stand.
func (j *ratesJudge) alike(s *evaluate.Score) error {
	for i, kind := range j.besideIt() {
		r := &s.Rivals[i]
		if !j.fromRun(j.combination["model"]) || !j.fromRun(kind) || r.Value == nil {
			continue
		}
		if d := r.Difference; *r.Value != s.Value || d != nil && (d.Low != 0 || d.High != 0) {
			return fmt.Errorf("%s, which are the same rates, have %v, not %v; difference %v", r.Name, *r.Value, s.Value, d)
		}
	}
	return nil
}

// intervals looks that there are some if they are asked for, and have ends in order.
func (j *ratesJudge) intervals(s *evaluate.Score) error {
	all := []*metric.Interval{s.Interval}
	for i := range s.Rivals {
		all = append(all, s.Rivals[i].Interval, s.Rivals[i].Difference)
	}
	for _, i := range all {
		if i != nil && (j.is("draws", "0") || !(i.Low <= i.High)) {
			return fmt.Errorf("interval %v of %s draws", *i, j.combination["draws"])
		}
	}
	if s.Interval == nil && j.is("draws", "100") && s.Name == "negative log likelihood" && j.is("validation trials", "6") {
		return errors.New("no interval")
	}
	return nil
}

// complete looks that there are the scores that the data and the file allow.
func (j *ratesJudge) complete(s *scoring) error {
	for _, score := range s.Scores {
		if score.Value == nil {
			return fmt.Errorf("no value of %q", score.Name)
		}
	}
	switch j.combination["made of"] {
	case ofMuscles:
		if !s.has("data from means") {
			return errors.New("nothing of data from means")
		}
		return nil
	case benchmark:
		if !s.has("co-bps") || !s.has("fp-bps") && !j.is("model", "a submission") {
			return errors.New("no co-bps or fp-bps")
		}
		return nil
	}
	want, err := j.wantedScores()
	for _, w := range want {
		if j.is("few shot", "2,3") {
			w.score = strings.Replace(w.score, "k = 4", "k = 2", 1)
		}
		if !j.lacksFor(w.score) && !s.has(w.score) && !(w.orSkipped && s.skips(w.score)) {
			err = errors.Join(err, fmt.Errorf("nothing of %q", w.score))
		}
	}
	return err
}

// lacksFor reports whether the model's file has not what a score is made of.
func (j *ratesJudge) lacksFor(score string) bool {
	switch kind := j.combination["model"]; {
	case strings.Contains(score, "few-shot"), score == "true states":
		return !slices.Contains([]string{"the run", "its output", "inferred", "an ensemble", "lfads-torch's", "gpfa"}, kind)
	case score == "behaviour":
		return kind == "valid alone"
	}
	return false
}

// benchmarked looks at the benchmark's scores of each file.
func (j *ratesJudge) benchmarked(e *autolfads.Evaluated) error {
	if len(e.NLB) != 1+len(j.besideIt()) {
		return fmt.Errorf("%d files are scored", len(e.NLB))
	}
	kinds := append([]string{j.combination["model"]}, j.besideIt()...)
	for i, s := range e.NLB {
		if s.CoBPS == nil || s.Behaviour == nil || s.PSTHR2 == nil || s.FpBPS == nil {
			return fmt.Errorf("a figure of file %d is missing", i)
		}
		if j.fromRun(kinds[0]) && j.fromRun(kinds[i]) && *s.CoBPS != *e.NLB[0].CoBPS {
			return fmt.Errorf("co-bps of the same rates are %v and %v", *e.NLB[0].CoBPS, *s.CoBPS)
		}
	}
	return nil
}

// drawn looks that figures are there, in the format asked for, and told of.
func (j *ratesJudge) drawn(text string) error {
	files, err := os.ReadDir(j.figuresDir())
	if j.is("figures", "none") {
		if err == nil {
			err = errors.New("figures that nobody asked for")
			return err
		}
		return nil
	}
	if err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(j.figuresDir(), f.Name())
		image, err := os.ReadFile(path)
		begins := map[string]string{"png": "\x89PNG", "svg": "<?xml"}[j.combination["figures"]]
		if err != nil || !strings.HasPrefix(string(image), begins) || filepath.Ext(path) != "."+j.combination["figures"] {
			return fmt.Errorf("%s: %w, it begins with %.9q", path, err, image)
		}
		if j.is("told", "text") && !strings.Contains(text, "figure: "+path+"\n") {
			return fmt.Errorf("%s is not told of", path)
		}
	}
	if j.is("model.likelihood", "poisson") && !slices.ContainsFunc(files, func(f os.DirEntry) bool { return strings.HasPrefix(f.Name(), "scores.") }) {
		return fmt.Errorf("figures: %v, and none of scores", files)
	}
	return nil
}
