package experiment

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/report"
)

// Folder is a folder of cells, and what pages call it.
type Folder struct {
	Name  string
	Cells []Cell
}

// ReadFolders reads folders of cells, or folders of such. One called cells has the name
// of the one that it is in. Without any cell it is an error.
func ReadFolders(dirs ...string) (all []Folder, err error) {
	for _, dir := range dirs {
		inside, err := filepath.Glob(filepath.Join(dir, "*", "*.json"))
		if err != nil {
			return nil, err
		}
		folders := []string{dir}
		for _, path := range inside {
			folders = append(folders, filepath.Dir(path))
		}
		slices.Sort(folders)
		for _, folder := range slices.Compact(folders) {
			cells, err := ReadCells(folder)
			if err != nil {
				return nil, err
			}
			if err := alike(folder, cells); err != nil {
				return nil, err
			}
			if len(cells) > 0 {
				all = append(all, Folder{folderName(folder), cells})
			}
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("there is no cell in %s: give the folder of cells that an experiment has made, or one of such folders", strings.Join(dirs, ", "))
	}
	return all, nil
}

// alike returns an error if cells of a folder cannot be compared, or those of a way not
// be averaged: they are of two files, or were set otherwise.
func alike(folder string, cells []Cell) error {
	settings := map[string]string{}
	for _, c := range cells {
		if first := cells[0].Data; c.Data.SHA256 != first.SHA256 {
			return fmt.Errorf("%s holds cells of two data files, %s (SHA-256 %.8s) and %s (%.8s): put them into folders of their own", folder, first.File, first.SHA256, c.Data.File, c.Data.SHA256)
		}
		is := fmt.Sprint(c.Of, c.Settings)
		if was, known := settings[c.Way]; known && was != is {
			return fmt.Errorf("%s holds cells of way %s with other settings, %s and %s: put them into folders of their own, or give one a name (--ways NAME=%s)", folder, c.Way, was, is, c.Way)
		}
		settings[c.Way] = is
	}
	return nil
}

// folderName is what a folder of cells is called.
func folderName(dir string) string {
	dir = filepath.Clean(dir)
	if name := filepath.Base(dir); name != "cells" {
		return name
	}
	return filepath.Base(filepath.Dir(dir))
}

// Page is a page in Markdown and its figures, by the ends of their names: that of a page
// called search.md is search-END.svg.
type Page struct {
	Text    string
	Figures map[string]*report.ScoreDots
}

// section are cells that may be compared: of one file, divided alike, by as many epochs.
type section struct {
	folder string
	cells  []Cell // in order
}

// SearchPage makes the page of cells of [Search]; path is where it will be. It depends on
// the cells alone.
func SearchPage(folders []Folder, path string) Page {
	p := Page{Text: intro, Figures: map[string]*report.ScoreDots{}}
	stem := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	for _, f := range folders {
		sections := f.sections()
		for _, s := range sections {
			p.Text += s.text(stem)
			if f := s.figure(); f != nil {
				p.Figures[s.slug()] = f
			}
		}
		p.Text += sizesText(sections)
	}
	return p
}

const intro = `# Ways of finding hyper-parameters, compared

Made by ` + "`autolfads experiment page`" + ` of cells (docs/experiments.md), and of nothing else. Scores are of test trials that no choice has seen.
A number of a way is the mean over splits, of which each is the mean over its seeds; in brackets 95 % by Student's t over splits, whose
training trials overlap: they are not independent, and the true interval is wider. Differences are paired by split.
`

// sections divides a folder's cells into sections, those of fewer training trials first.
func (f *Folder) sections() (all []section) {
	for _, c := range inOrder(f.Cells) {
		one := section{f.Name, []Cell{c}}
		if i := slices.IndexFunc(all, func(s section) bool { return s.slug() == one.slug() }); i >= 0 {
			all[i].cells = append(all[i].cells, c)
			continue
		}
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b section) int {
		return cmp.Or(cmp.Compare(a.cells[0].Data.Train, b.cells[0].Data.Train), strings.Compare(a.slug(), b.slug()))
	})
	return all
}

// slug names a section in files' names: it differs from section to section of a folder.
func (s *section) slug() string {
	c := &s.cells[0]
	return fmt.Sprintf("%s-%d-%d-%d-%d", s.folder, c.Data.Train, c.Data.Valid, c.Data.Test, c.Epochs)
}

// text is a section.
func (s *section) text(stem string) string {
	chosen, others := methodsOf(s.cells)
	c := &s.cells[0]
	text := fmt.Sprintf("\n## %s: %d + %d trials of %s, %d tested, %s epochs\n", s.folder, c.Data.Train, c.Data.Valid, c.Data.File, c.Data.Test, thousands(c.Epochs))
	if s.figure() != nil {
		text += fmt.Sprintf("\n![Scores of test trials by way: cells, means and intervals](%s-%s.svg)\n", stem, s.slug())
	}
	for _, m := range Measures() {
		text += measureText(&m, chosen, others)
	}
	return text + costText(chosen) + cellsText(s.cells) + commandsText(s.cells)
}

// figureMethods is how many methods a figure tells apart.
const figureMethods = 6

// figure shows all cells by way; nil: there is nothing to show.
func (s *section) figure() *report.ScoreDots {
	chosen, others := methodsOf(s.cells)
	methods := slices.Concat(chosen, others)
	methods = methods[:min(figureMethods, len(methods))]
	f := &report.ScoreDots{Title: "Ways of finding hyper-parameters: " + s.folder, Subtitle: "test trials; grey: cells; means over splits, and 95 % by Student's t"}
	for i := range methods {
		f.Methods = append(f.Methods, methods[i].name())
	}
	for _, m := range Measures() {
		row, any := report.ScoreRow{Name: m.Title, Unit: m.Unit}, false
		for i := range methods {
			d := dotOf(&m, &methods[i])
			row.Dots, any = append(row.Dots, d), any || d != nil
		}
		if any {
			f.Rows = append(f.Rows, row)
		}
	}
	if len(f.Rows) == 0 {
		return nil
	}
	return f
}

// dotOf is a method's score in a figure; nil: it has none.
func dotOf(m *Measure, of *method) *report.Dot {
	scores := of.scores(m.Key)
	if len(scores) == 0 {
		return nil
	}
	s := Summarise(scores.values())
	return &report.Dot{Value: s.Mean, Interval: s.Interval, Each: of.each(m.Key)}
}

// Write writes the page to a file and its figures beside it.
func (p *Page) Write(path string) error {
	for end, f := range p.Figures {
		if err := f.Write(strings.TrimSuffix(path, filepath.Ext(path)) + "-" + end + ".svg"); err != nil {
			return err
		}
	}
	return WriteText(path, p.Text)
}
