package page_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/page"
	"github.com/autolfads/autolfads/run"
)

// kinds are those of warnings, in their order.
func kinds(d *page.Document) (all []string) {
	for _, w := range d.Warnings {
		all = append(all, w.Kind)
	}
	return all
}

// What the data, the search and the scores warn of is a warning of its kind, once; what is said
// of the model beside is the verdict.
func TestWarnings(t *testing.T) {
	dir := ran(t, population(3, 3, 2)) // of which one member diverges
	write(t, dir, "scores.json", `{
		"in_words": ["It predicts neurons.", "It may be better.", "It got worse."], "still_improving": "It may be better.", "worsening": "It got worse.",
		"identity_overfitting": "Identity overfitting: it copies.", "truth_doubt": "The truth is none.",
		"warnings": ["every count is a multiple of 3", "The truth is none.", "1 of 5 neurons (2): never a spike; better leave them out"]}`)
	d, err := page.ReadEnded(dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"overfitting", "truth", "diverged", "improving", "worsening", "data", "silent"}; !slices.Equal(kinds(d), want) {
		t.Errorf("warnings are %q, want %q", kinds(d), want)
	}
	if want := []string{"Identity overfitting: it copies.", "The truth is none.", "It predicts neurons."}; !slices.Equal(d.Verdict, want) {
		t.Errorf("the verdict is %q, want %q", d.Verdict, want)
	}
	if w := d.Warnings[2].Text; !strings.Contains(w, "member 0 in generation 1") || !strings.Contains(w, "w is not finite at step 7") {
		t.Errorf("of who diverged it says %q", w)
	}
}

// Scores in sentences have the unit that they have in figures.
func TestVerdictHasUnitsOfFigures(t *testing.T) {
	dir := endedAlone(t)
	write(t, dir, "scores.json", `{"in_words": ["The true means it does not find: R2 -0.200.", "Worse is neuron R2."]}`)
	want := []string{"The true means it does not find: R\u00B2 -0.200.", "Worse is neuron R2."}
	if d := read(t, dir); !slices.Equal(d.Verdict, want) {
		t.Errorf("the verdict is %q, want %q", d.Verdict, want)
	}
}

// Neurons that are silent, as data sets are warned of, are known as such.
func TestSilentNeurons(t *testing.T) {
	e := ended(20, 10, 4)
	for _, a := range [][]float32{e.Judged.Train.Recon.Data, e.Judged.Valid.Recon.Data} {
		for i := range a {
			a[i] = float32((i / 4) % 2)
			if i%4 == 2 {
				a[i] = 0
			}
		}
	}
	e.Judged.Train.Recon.Data[3] = 0
	warned := e.Judged.Warnings(likelihood.Poisson{})
	at := slices.IndexFunc(warned, func(w string) bool { return strings.Contains(w, "neurons (2)") })
	if at < 0 {
		t.Fatalf("of a silent neuron the data warn: %q", warned)
	}
	dir := endedAlone(t)
	write(t, dir, "scores.json", fmt.Sprintf(`{"in_words": ["It is."], "warnings": [%q]}`, warned[at]))
	if d := read(t, dir); kinds(d)[0] != "silent" {
		t.Errorf("%q is of kind %q", warned[at], kinds(d)[0])
	}
}

// Where a run stands is said while it runs.
func TestStanding(t *testing.T) {
	c := population(3, 4, 2)
	f := begin(t, c, "results")
	if d := read(t, f.Dir); !strings.Contains(d.Verdict[0], "nothing is trained yet") {
		t.Errorf("just begun: %q", d.Verdict)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	if err := driveUntil(ctx, t, f, c, func(p run.Progress) {
		if p.Generation == 2 && p.Done == 1 { // of 2: this member is then training
			stop()
		}
	}); err == nil {
		t.Fatal("the run came to its end")
	}
	write(t, f.Dir, "state.json", `{"generation": 2, "status": "running"}`)
	d := read(t, f.Dir) // by a process that is there: this one
	if said := d.Verdict[0]; !strings.HasPrefix(said, "Generation 2 is under way, of 4 at most") || !strings.Contains(said, "The best model so far, generation ") || !d.State.Live() {
		t.Errorf("it says %q, %+v", said, d.State)
	}
	if d.State.SecondsLeft == nil {
		t.Error("how long it takes is not known")
	}
}

// What an end left, scores, sentences and trials, is shown of a run that stands at it, and of none
// that has gone on since: its model is another one.
func TestAnEndBeforeIsNotShown(t *testing.T) {
	dir := ran(t, population(3, 3, 2))
	if err := ended(12, 10, 4).Keep(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	const sentence, limit = "It predicts neurons.", "The search ended at its limit."
	write(t, dir, "scores.json", fmt.Sprintf(`{"in_words": [%q, %q], "still_improving": %q, "output": "outputs/data.h5", "figures": ["figures/psth.png"],
		"final_choice": ["It is the best of 2."], "scores": [{"name": "bits per spike", "value": 0.3, "unit": "bits"}], "skipped_scores": ["no PSTHs"]}`, sentence, limit, limit))
	for _, status := range []string{"finished", "stopped", "failed", "scoring", "running", "killed", "of the future"} {
		write(t, dir, "state.json", fmt.Sprintf(`{"generation": 3, "status": %q}`, status))
		d := read(t, dir)
		at := status == "finished"
		if (len(d.Scores) == 1) != at || (len(d.Skipped) == 1) != at || (d.Sample != nil) != at || (d.Output != "") != at || (len(d.Figures) == 1) != at || (len(d.Chosen.Among) == 1) != at {
			t.Errorf("%s: %d scores, a sample %v, output %q, chosen %+v", status, len(d.Scores), d.Sample != nil, d.Output, d.Chosen)
		}
		if slices.Contains(d.Verdict, sentence) != at || slices.Contains(kinds(d), "improving") != at || !at && d.Verdict[0] == sentence {
			t.Errorf("%s: the verdict is %q, warnings %+v", status, d.Verdict, d.Warnings)
		}
		if said := strings.Contains(strings.Join(d.Notes, " "), "not at its end"); said != (!at && status != "scoring" && d.State.Status != "scoring") {
			t.Errorf("%s: notes are %q", status, d.Notes)
		}
		if d.Data.Neurons != 4 {
			t.Errorf("%s: what is known of the data is not shown: %+v", status, d.Data)
		}
	}
}

// commandOf is the command line of a document that does something; "" if it has none.
func commandOf(d *page.Document, what string) string {
	for _, c := range d.Commands {
		if c.What == what {
			return c.Text
		}
	}
	return ""
}

// More generations are offered where it was their limit that ended the search: one that a stop rule
// ended would end again at once.
func TestLongerSearchIsOffered(t *testing.T) {
	c := population(3, 20, 2)
	c.PBT.FinishEpochs = 2 // a generation more, which is not searched
	dir := ran(t, c)
	write(t, dir, "state.json", `{"generation": 20, "status": "finished"}`)
	if d := read(t, dir); commandOf(d, "make the search longer") != "autolfads resume RUN --set pbt.max_generations=40" {
		t.Errorf("of a search that its limit ended: %+v", d.Commands)
	}
	c.PBT.StopRatio = .99 // each generation must be a hundred times better
	dir = ran(t, c)
	write(t, dir, "state.json", `{"generation": 4, "status": "finished"}`)
	if d := read(t, dir); len(d.Course.Generations) == 20 || commandOf(d, "make the search longer") != "" {
		t.Errorf("of one that ended after %d generations: %+v", len(d.Course.Generations), d.Commands)
	}
}

// What becomes of models that diverge is what the search does with them. One in which all did has
// failed, and would fail again: nobody is told to go on with it.
func TestDivergedInOtherSearches(t *testing.T) {
	dir := ran(t, population(3, 3, 2))
	header, err := os.ReadFile(filepath.Join(dir, "run.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ search, status, want string }{
		{"pbt", "finished", " Such members take another's place, and the search goes on."},
		{"pbt", "failed", ""},
		{"random", "finished", " The search goes on without them."},
		{"random", "failed", ""},
		{"fixed", "failed", ""},
		{"replay", "running", " The search goes on without them."},
	} {
		write(t, dir, "run.yaml", strings.Replace(string(header), "search: pbt", "search: "+c.search, 1))
		write(t, dir, "state.json", fmt.Sprintf(`{"generation": 3, "status": %q, "reason": "training diverged: lower train.learning_rate"}`, c.status))
		d := read(t, dir)
		at := slices.Index(kinds(d), "diverged")
		if at < 0 || !strings.HasSuffix(d.Warnings[at].Text, "w is not finite at step 7 of epoch 3."+c.want) {
			t.Errorf("%s, %s: warnings are %+v", c.search, c.status, d.Warnings)
		}
		if goOn := commandOf(d, "go on with it"); (goOn != "") != (c.status == "running") {
			t.Errorf("%s, %s: %q", c.search, c.status, goOn)
		}
	}
}

// Where scores are of trials that were trained on, it is said beside the best.
func TestBestOfTrainingTrials(t *testing.T) {
	dir := ran(t, population(2, 2, 2))
	text, err := os.ReadFile(filepath.Join(dir, "run.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "run.yaml", strings.Replace(string(text), "search: pbt\n", "search: replay\n  replay:\n    schedule:\n      members: 2\n      all_trials: true\n      segments:\n        - epochs: 3\n        - epochs: 2\n", 1))
	write(t, dir, "state.json", `{"status": "stopped"}`)
	d := read(t, dir)
	if s := d.Summary(); s.ScoreOf != "training trials" || !strings.HasSuffix(d.Verdict[0], " nats per element, of training trials.") {
		t.Errorf("scores of %q; %q, notes %q", s.ScoreOf, d.Verdict, d.Notes)
	}
}
