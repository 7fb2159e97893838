package report

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

// drawn draws a search and returns the image.
func drawn(t *testing.T, s *SearchTrajectories) image.Image {
	t.Helper()
	path := filepath.Join(t.TempDir(), "search.png")
	if err := s.Write(path); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	img, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// The second of two generations is taken for a finish: its members are marked where their
// values of train.a are, .1 of the best (member 0) and .001 of member 2, and no line leads
// there from the generation before, whose best has .01.
func TestAFinishIsNoGeneration(t *testing.T) {
	s := search(t)
	generations := drawn(t, s)
	s.Finish = true
	finish := drawn(t, s)
	left := searchColumn + searchLeft // of train.a
	at := func(generation, fraction float64) (x, y vg.Length) {
		return left + searchWidth*vg.Length((generation+.3)/1.6), searchTop + searchHeight*vg.Length(1-fraction)
	}
	const low, middle, high = .12 / 2.24, .5, 2.12 / 2.24
	for _, c := range []struct {
		generation, fraction float64
		want                 any
	}{{0, middle, inferred}, {1, high, inferred}, {1, low, guide}} {
		x, y := at(c.generation, c.fraction)
		if got := pixel(finish, x, y); got != c.want {
			t.Errorf("generation %v at %.2f: %v, want %v", c.generation, c.fraction, got, c.want)
		}
	}
	x, y := at(.75, middle+.75*(high-middle))
	if pixel(generations, x, y) != inferred || pixel(finish, x, y) != paper {
		t.Errorf("between them: %v of a generation, %v of a finish", pixel(generations, x, y), pixel(finish, x, y))
	}
}

// What comes after the generations of the search is taken for a finish, and the figure says
// what its marks are; without one it has no word of it.
func TestFigureOfAFinish(t *testing.T) {
	dir := searchTables(t)
	for generations, finish := range map[int]bool{1: true, 2: false} {
		f := Figures{Dir: dir, Search: &Population{Members: 3, Generations: generations}}
		s, err := f.search()
		if err != nil {
			t.Fatal(err)
		}
		if s.Finish != finish || strings.Contains(s.Subtitle, "squares: after a finish") != finish {
			t.Errorf("%d generations of the search: finish %v, %q", generations, s.Finish, s.Subtitle)
		}
	}
}
