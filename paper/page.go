package paper

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/autolfads/autolfads/experiment"
)

// Page is a page in Markdown of what experiments found, and its figures.
type Page struct {
	Text    string
	Figures []Figure // that results' numbers give
	Lying   []string // names of figures that must lie beside the results
}

const pageIntro = `# The figures of the AutoLFADS paper, made again

Keshtkaran, Sedler et al. 2022, "A large-scale neural network training framework for generalized estimation of single-trial population
dynamics". Each command makes data, runs, numbers and figure; docs/experiments.md says how. This page is made of the results in
docs/results/paper alone (` + "`AUTOLFADS_UPDATE=1 go test ./paper -run ResultsPage`" + `). Claims are in our words; whether one holds is
computed from the numbers, by a rule that stands in the source.
`

// ResultsPage makes the page of results that lie in a folder of this name beside it. It
// depends on them alone; experiments without one are said not to have been run.
func ResultsPage(results []*Result, folder string) Page {
	p := Page{Text: pageIntro}
	by := map[string]*Result{}
	for _, r := range results {
		by[r.Experiment] = r
	}
	p.Text += "\n" + overview(by, folder)
	for _, e := range List() {
		p.add(e, by[e.Name], folder)
	}
	return p
}

// overview is a table of all panels.
func overview(by map[string]*Result, folder string) string {
	var rows [][]string
	for _, e := range List() {
		found := map[string]Finding{}
		if r := by[e.Name]; r != nil {
			for _, f := range e.Found(r) {
				found[f.Panel] = f
			}
		}
		for _, panel := range e.Panels {
			here := "not run yet"
			if f, ok := found[panel.Name]; ok {
				here = string(f.Verdict)
			}
			rows = append(rows, []string{figureName(panel.Name), panel.Claim, here, seedsText(by[e.Name]), e.figureLink(by[e.Name], folder), fmt.Sprintf("[%s](#%s)", e.Name, e.Name)})
		}
	}
	return experiment.Markdown([]string{"panel", "claim", "here it", "of", "figure", "experiment"}, rows)
}

// figureLink links a result's first figure, which lies in a folder; "": there is none.
func (e *Experiment) figureLink(r *Result, folder string) string {
	if r == nil {
		return ""
	}
	for _, f := range e.figures(r) {
		return fmt.Sprintf("[figure](%s/%s.svg)", folder, f.Name)
	}
	return ""
}

// seedsText is of how many seeds a result is: most are of one, whose spread is not known.
// "": there is no result.
func seedsText(r *Result) string {
	switch {
	case r == nil || len(r.Seeds) == 0:
		return ""
	case len(r.Seeds) == 1:
		return "1 seed"
	}
	return fmt.Sprintf("%d seeds", len(r.Seeds))
}

// add adds an experiment.
func (p *Page) add(e *Experiment, r *Result, folder string) {
	p.Text += fmt.Sprintf("\n## %s\n\n%s.\n", e.Name, sentence(e.Shows))
	if r == nil {
		p.Text += fmt.Sprintf("\nNot run yet. `autolfads experiment %s --out DIR` makes it.\n%s", e.Name, e.dataText())
		return
	}
	for _, f := range e.Found(r) {
		p.Text += fmt.Sprintf("\n**%s.** %s\n", figureName(f.Panel), f)
	}
	for _, f := range e.figures(r) {
		p.Text += fmt.Sprintf("\n![%s](%s/%s.svg)\n", f.Shows, folder, f.Name)
	}
	p.Figures = append(p.Figures, e.Draw(r)...)
	for _, f := range r.Figures {
		p.Lying = append(p.Lying, f.Name)
	}
	p.Text += e.dataText() + r.madeText()
}

// dataText says which data there are and where others can be had.
func (e *Experiment) dataText() string {
	text := fmt.Sprintf("\nData that it makes: %s.", e.Data)
	if e.Recording != "" {
		text += fmt.Sprintf(" The paper's recording: %s (`--data FILE`; needed: %s).", e.Recording, e.Wants)
	}
	if !e.Gives {
		text += " It takes no `--data`: rates are scored beside the true ones, which no recording knows."
	}
	return text + "\n"
}

// madeText says how a result was made.
func (r *Result) madeText() string {
	var seeds, sets []string
	for _, s := range r.Seeds {
		seeds = append(seeds, fmt.Sprint(s))
	}
	for _, s := range r.Sets {
		how := s.Made
		if how == "" {
			how = "given"
		}
		sets = append(sets, fmt.Sprintf("%s (%s; SHA-256 %.12s)", s.Name, how, s.SHA256))
	}
	took := time.Duration(r.Seconds * float64(time.Second)).Round(time.Second)
	return fmt.Sprintf("\nMade at scale %s of %s; seeds %s; %d runs; version %s, %s, %s.\n\n    %s\n",
		r.Scale, strings.Join(sets, ", "), strings.Join(seeds, ", "), len(r.Runs), r.Version, r.Machine, took, r.Command)
}

// sentence begins a text as sentences do.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// Write writes the page to a file, and its figures into a folder.
func (p *Page) Write(path, folder string) error {
	for _, f := range p.Figures {
		if err := f.Of.Write(filepath.Join(folder, f.Name+".svg")); err != nil {
			return err
		}
	}
	return experiment.WriteText(path, p.Text)
}
