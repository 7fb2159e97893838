package report

import (
	"errors"

	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
)

// Trajectories is a figure of movements in a plane: those measured, then, over these in
// grey, those that each method decodes. All panels have one scale, equal for both axes.
type Trajectories struct {
	Title     string
	Subtitle  string
	Axes      [2]string      // for example "x (mm)"
	Measured  *dataset.Array // [trials, bins, 2]
	Decoded   []Path
	Colouring Colouring // of the trials
}

// Path is what a method decodes: as what was measured.
type Path struct {
	Name   string
	Note   string // for example "R² 0.84"; "": none
	Values *dataset.Array
}

// Write draws the figure to a file. Without trials it is an error, and with more methods
// than there are colours.
func (f *Trajectories) Write(path string) error {
	if err := checkMethods(len(f.Decoded)); err != nil {
		return err
	}
	if f.Measured == nil || f.Measured.Trials == 0 {
		return errors.New("report: no trials to show movements of")
	}
	all := []*dataset.Array{f.Measured}
	for _, d := range f.Decoded {
		all = append(all, d.Values)
	}
	p := newPlane(len(all), all, 0, 1)
	return drawPage(path, p.height(), func(page draw.Canvas) { f.draw(page, &p) })
}

// draw draws the page.
func (f *Trajectories) draw(page draw.Canvas, all *plane) {
	heading(page, f.Title, f.Subtitle)
	f.Colouring.drawKey(page)
	p := all.panel(page, 0, "Measured", f.Axes)
	f.paths(&p, f.Measured)
	for i, d := range f.Decoded {
		p := all.panel(page, i+1, d.Name, f.Axes)
		for trial := range f.Measured.Trials {
			p.path(f.Measured, trial, 0, 1, draw.LineStyle{Color: guide, Width: hairline})
		}
		f.paths(&p, d.Values)
		p.note(d.Note)
	}
}

// paths draws the trials in their colours.
func (f *Trajectories) paths(p *panel, a *dataset.Array) {
	for trial := range a.Trials {
		p.path(a, trial, 0, 1, draw.LineStyle{Color: f.Colouring.colour(trial), Width: .7 * curveLine})
	}
}
