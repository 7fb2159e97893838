package autolfads

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/outputs"
)

// readFile reads the rates of a file: of an ensemble first those of the single model, then
// the mean.
func (o *Evaluated) readFile(file RatesFile, e *Evaluation) error {
	f, err := outputs.ReadGroup(file.Path, e.Group, o.Dataset)
	if err != nil {
		return err
	}
	if len(f.Models) == 0 {
		return o.take(file, f, e)
	}
	single, err := outputs.ReadGroup(file.Path, outputs.GroupSingle, o.Dataset)
	if err != nil {
		return err
	}
	if err := o.take(file, single, e); err != nil {
		return err
	}
	file.Name = o.nameOfEnsemble(&file, len(f.Models))
	return o.take(file, f, e)
}

// nameOfEnsemble calls the mean of n models by their number and, where that is another
// one's name, by the file's, too.
func (o *Evaluated) nameOfEnsemble(file *RatesFile, n int) string {
	name := fmt.Sprintf("ensemble of %d", n)
	if slices.ContainsFunc(o.Files, func(f RatesFile) bool { return f.Name == name }) {
		return file.Name + ", " + name
	}
	return name
}

// take takes what was read.
func (o *Evaluated) take(file RatesFile, f *outputs.File, e *Evaluation) error {
	file.Layout, file.MadeBy, file.Chosen = f.Layout, f.Run, f.Chosen
	for _, n := range f.Notes {
		note := fmt.Sprintf("%s: %s", file.Path, n)
		if !slices.Contains(o.Notes, note) {
			o.Notes = append(o.Notes, note)
			e.Observer.note(note)
		}
	}
	if f.Valid == nil && !e.NLB {
		return fmt.Errorf("%s has no rates of validation trials, which scores are of", file.Path)
	}
	o.Files, o.rates = append(o.Files, file), append(o.rates, f)
	o.Candidates = append(o.Candidates, evaluate.Candidate{Name: file.Name, Train: inferred(f.Train), Valid: inferred(f.Valid)})
	return nil
}

func inferred(e *outputs.Estimates) evaluate.Inferred {
	if e == nil {
		return evaluate.Inferred{}
	}
	return evaluate.Inferred{Rates: e.Rates, Factors: e.Factors}
}
