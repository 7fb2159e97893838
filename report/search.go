package report

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// SearchTrajectories is a figure of a search: the scores and each
// hyper-parameter of all members over generations, and where the best member
// of each generation stood; apart from them, those of a finish.
type SearchTrajectories struct {
	Title    string
	Subtitle string
	Names    []string        // of hyper-parameters
	Log      map[string]bool // those to draw on a log scale
	Scores   [][]float64     // [generations][members]; NaN: diverged
	Hyper    [][][]float64   // [hyper-parameters][generations][members]; NaN: not set
	Finish   bool            // what stands in the place of the last generation is a finish; its members are places of a ranking
}

// ReadSearch reads the scores and hyper-parameters of the run in a folder.
func ReadSearch(dir string) (*SearchTrajectories, error) {
	_, scores, err := readTable(filepath.Join(dir, "scores.csv"), "score")
	if err != nil {
		return nil, err
	}
	s := &SearchTrajectories{Scores: scores[0]}
	s.Names, s.Hyper, err = readTable(filepath.Join(dir, "hyperparameters.csv"), "")
	return s, err
}

// readTable returns the columns of a table of generations and members, one or
// all, each as [generations][members].
func readTable(path, only string) (names []string, columns [][][]float64, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err == nil && (len(rows) == 0 || len(rows[0]) < 2 || rows[0][0] != "generation" || rows[0][1] != "member") {
		err = fmt.Errorf("its first columns are not generation and member")
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	for i, name := range rows[0][2:] {
		if only != "" && name != only {
			continue
		}
		names = append(names, name)
		columns = append(columns, column(rows[1:], i+2))
	}
	if only != "" && len(columns) != 1 {
		return nil, nil, fmt.Errorf("%s has no column %s", path, only)
	}
	return names, columns, nil
}

// column returns one column, a generation a row; a generation begins where the
// first cell changes.
func column(rows [][]string, i int) (values [][]float64) {
	last := ""
	for _, row := range rows {
		if row[0] != last {
			values, last = append(values, nil), row[0]
		}
		v, err := strconv.ParseFloat(row[i], 64)
		if err != nil {
			v = math.NaN() // empty: not set
		}
		values[len(values)-1] = append(values[len(values)-1], v)
	}
	return values
}

// The layout of SearchTrajectories, in points.
const (
	searchTop    = vg.Length(84)
	searchLeft   = vg.Length(66)
	searchHeight = vg.Length(96)
	searchGap    = vg.Length(46)
	searchColumn = (width - margin) / 2
	searchWidth  = searchColumn - searchLeft
)

// Write draws the figure to a file.
func (f *SearchTrajectories) Write(path string) error {
	if len(f.Scores) == 0 {
		return fmt.Errorf("report: no generation is complete: there is nothing to draw yet")
	}
	rows := vg.Length((len(f.Names) + 2) / 2)
	return drawPage(path, searchTop+rows*(searchHeight+searchGap), f.draw)
}

// draw draws the page: the scores first, then the hyper-parameters, in two columns.
func (f *SearchTrajectories) draw(page draw.Canvas) {
	heading(page, f.Title, f.Subtitle)
	best := f.bestMembers()
	for i, name := range append([]string{"Score"}, f.Names...) {
		values, detail := f.Scores, "smoothed validation loss, nats per element"
		if i > 0 {
			values, detail = f.Hyper[i-1], ""
		}
		left := searchLeft + vg.Length(i%2)*searchColumn
		top := searchTop + vg.Length(i/2)*(searchHeight+searchGap)
		trajectories{name, detail, values, best, f.Log[name], f.Finish}.draw(page, box{left, top, searchWidth, searchHeight})
	}
}

// bestMembers returns the place of the lowest score in each generation; -1:
// none is finite.
func (f *SearchTrajectories) bestMembers() []int {
	best := make([]int, len(f.Scores))
	for g, scores := range f.Scores {
		best[g] = -1
		for m, v := range scores {
			if !math.IsNaN(v) && (best[g] < 0 || v < scores[best[g]]) {
				best[g] = m
			}
		}
	}
	return best
}

// trajectories are one quantity of all members, [generations][members], and of
// each generation's best.
type trajectories struct {
	name, detail string
	values       [][]float64
	best         []int // place in each generation; -1: none
	log          bool  // of the axis
	finish       bool  // the last row of values is one
}

func (j trajectories) draw(page draw.Canvas, b box) {
	values, end := j.searched()
	scale := newValueScale(j.values, j.log)
	p := newPanel(page, b, span{-.3, float64(len(j.values)) - .7}, scale.span)
	p.title(j.name, j.detail)
	p.frame()
	p.labelledTicks(scale.ticks, scale.labels)
	p.xAxis(generationTicks(len(values)))
	p.xLabel("Generation")
	generations := make([]float64, len(values))
	for g := range generations {
		generations[g] = float64(g)
	}
	for m := range slices.MaxFunc(values, func(a, b []float64) int { return len(a) - len(b) }) {
		p.curve(generations, scale.of(values, func(int) int { return m }), draw.LineStyle{Color: guide, Width: hairline})
	}
	chosen := scale.of(values, func(g int) int { return j.best[g] })
	p.curve(generations, chosen, draw.LineStyle{Color: inferred, Width: curveLine})
	for g, v := range chosen {
		if v == v {
			p.DrawGlyph(draw.GlyphStyle{Color: inferred, Radius: 2, Shape: draw.CircleGlyph{}}, p.at(float64(g), v))
		}
	}
	if end != nil {
		p.finish(len(values), scale.ofAll(end), j.best[len(values)])
	}
}

// generationTicks returns ticks at generations 0 to n-1.
func generationTicks(n int) []float64 {
	if n == 1 {
		return []float64{0}
	}
	return wholeTicks(span{0, float64(n - 1)}, 8)
}

// valueScale is a y axis of values or of their decimal logarithms.
type valueScale struct {
	span
	log    bool
	ticks  []float64 // positions
	labels []string
}

// newValueScale makes room for all finite values, and a little more.
func newValueScale(values [][]float64, log bool) valueScale {
	s := valueScale{log: log}
	lowest, highest := math.Inf(1), math.Inf(-1)
	for _, row := range values {
		for _, v := range row {
			if v = s.position(v); v == v {
				lowest, highest = min(lowest, v), max(highest, v)
			}
		}
	}
	if lowest > highest {
		lowest, highest = 0, 1
	}
	room := .06 * (highest - lowest)
	if room == 0 {
		room = max(.1*math.Abs(highest), .1)
	}
	s.span = span{lowest - room, highest + room}
	s.mark()
	return s
}

// mark sets the ticks: of logarithms whole ones, or within a decade those of
// round values.
func (s *valueScale) mark() {
	if s.log && s.max-s.min < 1 {
		for _, v := range niceTicks(span{math.Pow(10, s.min), math.Pow(10, s.max)}, 4) {
			s.ticks, s.labels = append(s.ticks, math.Log10(v)), append(s.labels, decimal(v))
		}
		return
	}
	for _, v := range niceTicks(s.span, 4) {
		if !s.log {
			s.ticks, s.labels = append(s.ticks, v), append(s.labels, decimal(v))
		} else if v == math.Trunc(v) {
			s.ticks, s.labels = append(s.ticks, v), append(s.labels, strconv.FormatFloat(math.Pow(10, v), 'g', 2, 64))
		}
	}
}

// position is where a value lies; NaN if nowhere.
func (s *valueScale) position(v float64) float64 {
	if math.IsInf(v, 0) || s.log && v <= 0 {
		return math.NaN()
	}
	if s.log {
		return math.Log10(v)
	}
	return v
}

// of returns the positions of a chosen member in each generation; NaN where
// there is none.
func (s *valueScale) of(values [][]float64, member func(generation int) int) []float64 {
	out := make([]float64, len(values))
	for g, row := range values {
		out[g] = math.NaN()
		if m := member(g); m >= 0 && m < len(row) {
			out[g] = s.position(row[m])
		}
	}
	return out
}
