package report

import (
	"errors"
	"fmt"

	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
)

// Subspaces is a figure of trials in planes of a model's state, for instance of those in
// which velocity and position are found by regression. Both axes of a panel have one
// scale; a dot is where a trial begins.
type Subspaces struct {
	Title     string
	Subtitle  string
	Spaces    []Subspace
	Colouring Colouring // of the trials
}

// Subspace is where trials are in some directions of a model's state.
type Subspace struct {
	Name   string         // for example "hand velocity"
	Note   string         // for example "R² 0.84"; "": none
	Axes   []string       // what the directions are; none: by their number
	Points *dataset.Array // [trials, bins, directions]
}

// subspacePanel is a plane of a subspace.
type subspacePanel struct {
	*Subspace
	x, y int
}

// panels are the planes that are drawn: of three directions and more, the first with each
// of the two after it; of one, none.
func (f *Subspaces) panels() (all []subspacePanel) {
	for i := range f.Spaces {
		s := &f.Spaces[i]
		for y := 1; y < min(s.Points.Features, 3); y++ {
			all = append(all, subspacePanel{s, 0, y})
		}
	}
	return all
}

// Write draws the figure to a file. Without a space of two directions, or trials, it is an
// error.
func (f *Subspaces) Write(path string) error {
	panels := f.panels()
	if len(panels) == 0 || panels[0].Points.Trials == 0 {
		return errors.New("report: no trials in a plane to show")
	}
	p := squarePlane(len(panels), &panels[0])
	return drawPage(path, p.height(), func(page draw.Canvas) { f.draw(page, panels) })
}

// squarePlane places n panels, with the scale of one.
func squarePlane(n int, s *subspacePanel) plane {
	p := newPlane(n, []*dataset.Array{s.Points}, s.x, s.y)
	p.own = true
	p.x.widen(p.y.size())
	p.y.widen(p.x.size())
	return p
}

// draw draws the page.
func (f *Subspaces) draw(page draw.Canvas, panels []subspacePanel) {
	heading(page, f.Title, f.Subtitle)
	f.Colouring.drawKey(page)
	for i := range panels {
		s := &panels[i]
		all := squarePlane(len(panels), s)
		p := all.panel(page, i, s.Name, [2]string{s.axis(s.x), s.axis(s.y)})
		for trial := range s.Points.Trials {
			c := f.Colouring.colour(trial)
			p.path(s.Points, trial, s.x, s.y, draw.LineStyle{Color: c, Width: .6 * curveLine})
			p.start(s, trial, draw.GlyphStyle{Color: c, Radius: 1.8, Shape: draw.CircleGlyph{}})
		}
		p.note(s.Note)
	}
}

// start marks where a trial begins.
func (p *panel) start(s *subspacePanel, trial int, g draw.GlyphStyle) {
	x, y := float64(s.Points.Trial(trial)[s.x]), float64(s.Points.Trial(trial)[s.y])
	if finite(x) && finite(y) {
		p.DrawGlyph(g, p.at(x, y))
	}
}

// axis names a direction.
func (s *Subspace) axis(i int) string {
	if i < len(s.Axes) {
		return s.Axes[i] + " (a.u.)"
	}
	return fmt.Sprintf("direction %d (a.u.)", i+1)
}
