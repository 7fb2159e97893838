package run_test

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/rng"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/local"
)

// reviewed is a population that ends by its reviews, before its last generation.
func reviewed() pbt.Population {
	p := population()
	p.Config.MaxGenerations, p.Config.StopErrors, p.Config.StopGenerations, p.Config.FinalDraws = 40, 2, 3, 2
	return p
}

// toyTrials is how many validation trials a toy has.
const toyTrials = 6

// reviewer reviews toys of a population whose stop rule wants it: the losses of trials
// are the weights' distance from zero, and noise that is the trial's own.
func (h *hooks) reviewer(s pbt.Search) *run.Reviewer {
	p, ok := s.(pbt.Population)
	if !ok || p.Config.StopErrors == 0 {
		return nil
	}
	return &run.Reviewer{Draws: p.Config.FinalDraws, Trials: toyTrials, Review: func(_ context.Context, s *checkpoint.State) ([]float64, error) {
		h.mu.Lock()
		h.reviews++
		h.mu.Unlock()
		losses := make([]float64, toyTrials)
		for trial := range losses {
			key := rng.Derive(7, rng.Review, uint64(trial))
			for i, w := range s.Params {
				losses[trial] += math.Abs(float64(w) + .2*float64(key.Normal(0, i)))
			}
		}
		return losses, nil
	}}
}

// checkSameReviews compares the reviews of two runs.
func checkSameReviews(t *testing.T, dir, want string) {
	t.Helper()
	got, reviews := reviewsOf(t, dir), reviewsOf(t, want)
	if !slices.Equal(got, reviews) {
		t.Errorf("reviews of %v, want of %v", got, reviews)
		return
	}
	for _, name := range reviews {
		if a, b := read(t, dir, name), read(t, want, name); a != b {
			t.Errorf("%s differs:\n%s\nwant\n%s", name, a, b)
		}
	}
}

func reviewsOf(t *testing.T, dir string) (names []string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "generations/*/review.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		names = append(names, strings.TrimPrefix(path, dir+string(filepath.Separator)))
	}
	return names
}

// A population whose stop rule wants it is reviewed in each generation, once, and ends by
// that; one whose does not, is not.
func TestReviews(t *testing.T) {
	h, dir := &hooks{}, filepath.Join(t.TempDir(), "run")
	ending, err := drive(t.Context(), createOf(t, dir, reviewed()), reviewed(), h, 2)
	if err != nil || !strings.Contains(ending.Reason, "below pbt.stop_errors, 2, standard errors") {
		t.Fatalf("%+v, %v", ending, err)
	}
	if n := len(reviewsOf(t, dir)); n != ending.Generations || h.reviews != n || n < 4 {
		t.Errorf("%d generations have %d reviews, %d were made", ending.Generations, n, h.reviews)
	}
	if text := read(t, dir, "generations/000/review.json"); !strings.Contains(text, `"draws": 2`) || strings.Count(text, ",") != 2+toyTrials-1 {
		t.Errorf("a review is\n%s", text)
	}
	if names := reviewsOf(t, reference(t, population())); names != nil {
		t.Errorf("reviews of a population that wants none: %v", names)
	}
}

// A review that was cut short, changed or removed is made again, with the same bytes, as
// long as the checkpoint of the best member is there.
func TestDamagedReview(t *testing.T) {
	want := reference(t, reviewed())
	last := reviewsOf(t, want)[len(reviewsOf(t, want))-1]
	for name, damaged := range map[string]string{
		"cut short": read(t, want, last)[:30], "empty": "", "gone": "gone", "no object": "[3]", "of other draws": strings.Replace(read(t, want, last), `"draws": 2`, `"draws": 3`, 1),
		"of another member": strings.Replace(read(t, want, last), `"member": `, `"member": 1`, 1), "without losses": `{"member": 0, "draws": 2}`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "run")
			if err := os.CopyFS(dir, os.DirFS(want)); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, last)
			if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
				t.Fatal(err)
			}
			if damaged == "gone" {
				os.Remove(path)
			}
			h := &hooks{}
			if _, err := drive(t.Context(), reopen(t, dir), reviewed(), h, 1); err != nil {
				t.Fatal(err)
			}
			if h.reviews != 1 {
				t.Errorf("%d reviews were made, want 1", h.reviews)
			}
			checkSame(t, dir, want)
		})
	}
}

// Where the checkpoint is gone, too, there are two ways out, and they work.
func TestReviewCannotBeMade(t *testing.T) {
	want, dir := reference(t, reviewed()), filepath.Join(t.TempDir(), "run")
	if err := os.CopyFS(dir, os.DirFS(want)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "generations/000/review.json")); err != nil {
		t.Fatal(err)
	}
	_, err := drive(t.Context(), reopen(t, dir), reviewed(), &hooks{}, 1)
	wantError(t, err, "generations/000/review.json does not hold the losses of 2 draws", "result.json and go on with `autolfads resume", "--set pbt.stop_errors=0`")
	again := filepath.Join(t.TempDir(), "run")
	if err := os.CopyFS(again, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	_, path, _ := strings.Cut(err.Error(), "remove ")
	path, _, _ = strings.Cut(path, " and go on")
	if err := os.Remove(filepath.Join(again, strings.TrimPrefix(path, dir))); err != nil {
		t.Fatal(err)
	}
	if _, err := drive(t.Context(), reopen(t, again), reviewed(), &hooks{}, 1); err != nil {
		t.Fatal(err)
	}
	checkSame(t, again, want)

	f := reopen(t, dir)
	if _, _, _, err := f.Ends(reviewed(), (&hooks{}).reviewer(reviewed())); err == nil {
		t.Error("following the search needs no review that is gone")
	}
	p := reviewed()
	p.Config.StopErrors, p.Config.MaxGenerations = 0, 10
	if _, err := drive(t.Context(), f, p, &hooks{}, 1); err != nil {
		t.Error(err)
	}
}

// What the search has come to is told without making a review.
func TestEndsReadsReviews(t *testing.T) {
	dir := reference(t, reviewed())
	f := reopen(t, dir)
	defer f.Close()
	h := &hooks{}
	begun, after, ends, err := f.Ends(reviewed(), h.reviewer(reviewed()))
	if err != nil || !ends || after != begun || h.reviews != 0 {
		t.Errorf("%d begun, ends %v after %d, %d reviews made: %v", begun, ends, after, h.reviews, err)
	}
	p := reviewed()
	p.Config.StopErrors = 1000
	if _, after, ends, err := f.Ends(p, h.reviewer(p)); err != nil || !ends || after >= begun {
		t.Errorf("at 1000 errors: ends %v after %d of %d: %v", ends, after, begun, err)
	}
}

// An error of a review names the member, and the run goes on later.
func TestReviewFails(t *testing.T) {
	want, dir := reference(t, reviewed()), filepath.Join(t.TempDir(), "run")
	f := createOf(t, dir, reviewed())
	broken := (&hooks{}).reviewer(reviewed())
	broken.Review = func(context.Context, *checkpoint.State) ([]float64, error) { return nil, errors.New("no power") }
	_, err := run.Drive(t.Context(), f, reviewed(), local.Cores{}.Executor(f, (&hooks{}).training(0).Work), broken, func(run.Event) {})
	wantError(t, errors.Join(err, f.Close()), "reviewing generation 0, member ", "no power")
	if _, err := drive(t.Context(), reopen(t, dir), reviewed(), &hooks{}, 1); err != nil {
		t.Fatal(err)
	}
	checkSame(t, dir, want)
}
