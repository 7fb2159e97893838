package prepare

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/prepare/grid"
)

// Window is a stretch of time about a moment, in ms: negative is before it.
type Window struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
}

// ParseWindow reads a window as a command line has it: "-250..450".
func ParseWindow(text string) (Window, error) {
	from, to, found := strings.Cut(text, "..")
	a, errA := strconv.ParseFloat(strings.TrimSpace(from), 64)
	b, errB := strconv.ParseFloat(strings.TrimSpace(to), 64)
	w := Window{a, b}
	if !found || errA != nil || errB != nil || !(w.length() > 0) || math.IsInf(w.length(), 0) {
		return w, fmt.Errorf("the window is %q: it must be two times in ms about the event, the earlier first, such as --window=-250..450", text)
	}
	return w, nil
}

// length is in ms.
func (w Window) length() float64 { return w.To - w.From }

// inMs is the window if its numbers are taken for seconds.
func (w Window) inMs() Window { return Window{w.From * 1000, w.To * 1000} }

// String gives the window as ParseWindow reads it.
func (w Window) String() string { return milliseconds(w.From) + ".." + milliseconds(w.To) }

// milliseconds writes a time without an exponent, unless that takes a line.
func milliseconds(ms float64) string {
	if math.Abs(ms) > 1e15 {
		return strconv.FormatFloat(ms, 'g', -1, 64)
	}
	return strconv.FormatFloat(ms, 'f', -1, 64)
}

// fitted returns a window as its bins have it, where it missed a whole number of them.
func fitted(g grid.Grid, w Window) Window {
	if int64(math.Round(w.length()*grid.NsPerMs)) != g.Length() {
		w.To = w.From + float64(g.Length())/grid.NsPerMs
	}
	return w
}

// newGrid returns the bins of a window. The error names the nearest window that is a
// whole number of bins, if this one is not nearly so.
func newGrid(w Window, binMs float64) (grid.Grid, error) {
	width := grid.Nanoseconds(binMs)
	length := math.Round(w.length() * grid.NsPerMs)
	if !(length > 0 && length <= grid.MostLength) {
		return grid.Grid{}, fmt.Errorf("the window %v ms is %g ms long: it must be longer than 0 and at most 100 days (--window)", w, w.length())
	}
	bins, whole := grid.Whole(int64(length), width)
	if !whole || bins == 0 {
		if bins == 0 {
			return grid.Grid{}, fmt.Errorf("the window %v ms is shorter than one bin of %g ms: widen it (if %v s are meant: --window=%v), or take narrower bins (--bin-ms)", w, binMs, w, w.inMs())
		}
		fits := Window{w.From, w.From + float64(bins*width)/grid.NsPerMs}
		return grid.Grid{}, fmt.Errorf("the window %v ms is %.6g bins of %g ms: it must be a whole number of them, such as --window=%v", w, length/float64(width), binMs, fits)
	}
	return grid.Grid{Width: width, Bins: int(bins)}, nil
}
