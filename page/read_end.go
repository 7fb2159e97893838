package page

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/internal/regular"
	"github.com/autolfads/autolfads/run"
)

// ending is what the page takes of scores.json.
type ending struct {
	Choice      []string         `json:"final_choice"`
	Warnings    []string         `json:"warnings"`
	Overfitting string           `json:"identity_overfitting"`
	TruthDoubt  string           `json:"truth_doubt"`
	Improving   string           `json:"still_improving"`
	Worsening   string           `json:"worsening"`
	Scores      []evaluate.Score `json:"scores"`
	Skipped     []string         `json:"skipped_scores"`
	InWords     []string         `json:"in_words"`
	Output      string           `json:"output"`
	Figures     []string         `json:"figures"`
}

// mostBytes is more than a file of JSON that a page is made of has.
const mostBytes = 64 << 20

// readJSON reads a file of the run folder; false if there is none, or it is damaged, which is
// noted.
func (r *Reader) readJSON(name string, target any) bool {
	err := decodeFile(filepath.Join(r.dir, filepath.FromSlash(name)), target)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.note(fmt.Errorf("%s is damaged, and what it holds not shown: %w", name, err))
	}
	return err == nil
}

// decodeFile reads a file of JSON, if it is no longer than such files are.
func decodeFile(path string, target any) error {
	text, err := regular.Read(path, mostBytes)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, target)
}

// readEnd takes in what a run's end left: scores, trials, and where time went. Scores and trials
// are of the model that the run had then: of a run that is not at its end, because it went on
// since, they are not shown.
func (r *Reader) readEnd(d *Document) (e ending) {
	scored := r.readJSON("scores.json", &e)
	r.readKept(d)
	var t run.Timing
	if r.readJSON("timing.json", &t) && len(t.Generations) > 0 {
		d.Time = timeOf(&t)
	}
	switch status := d.State.Status; {
	case status != "finished":
		d.Sample = nil
		if scored && status != "scoring" { // they are being made
			r.note(errors.New("scores and trials in the run folder are not shown: the run is not at its end, which makes them anew"))
		}
		return ending{}
	case !scored:
		return ending{}
	}
	d.Skipped, d.Figures, d.Output = e.Skipped, slashed(e.Figures), filepath.ToSlash(e.Output)
	for _, s := range e.Scores {
		d.Scores = append(d.Scores, Score{Score: s, Lower: evaluate.LowerIsBetter(s.Unit)})
	}
	return e
}

// slashed are paths of the run folder as a document has them.
func slashed(paths []string) (all []string) {
	for _, p := range paths {
		all = append(all, filepath.ToSlash(p))
	}
	return all
}

// timeOf adds up where time went.
func timeOf(t *run.Timing) *Time {
	all := &Time{}
	for _, g := range t.Generations {
		all.Wall += Number(g.Wall)
		all.Training += Number(g.Training)
		all.Epochs += g.Epochs
		all.Generations = append(all.Generations, Number(g.Wall))
	}
	return all
}

// kept is page/sample.json: what is kept of a run's data for its page.
type kept struct {
	Format int     `json:"format"` // Format
	Data   Data    `json:"data"`
	Sample *Sample `json:"sample"` // null: no trials are left that the model has not seen
}

// sampleFile is where that is, in the run folder.
const sampleFile = "page/sample.json"

// readKept reads the sample that is kept in the run folder.
func (r *Reader) readKept(d *Document) {
	var k kept
	if !r.readJSON(sampleFile, &k) {
		return
	}
	err := k.check()
	if err != nil {
		r.note(fmt.Errorf("%s is not shown: %w", sampleFile, err))
		return
	}
	name, sum := d.Data.Name, d.Data.SHA256
	d.Data, d.Sample = k.Data, k.Sample
	d.Data.Name, d.Data.SHA256 = name, sum
}
