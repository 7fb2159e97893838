package maths_test

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/autolfads/autolfads/maths"
)

// functions are those with a table.
var functions = map[string]func(float64) float64{
	"Exp": maths.Exp, "Log": maths.Log, "Lgamma": maths.Lgamma, "Digamma": maths.Digamma,
}

// Every function is within 4 ulp of values computed with 50 digits
// (testdata/tables.py): of ulps of the value, or of 1 where that is smaller.
func TestTables(t *testing.T) {
	worst, points := map[string]float64{}, map[string]int{}
	for _, row := range readTable(t) {
		name, x, want := row.name, row.x, row.value
		got := functions[name](x)
		size := math.Max(math.Abs(want), 1)
		off := math.Abs(got-want) / (math.Nextafter(size, math.Inf(1)) - size)
		if !(off <= 4) {
			t.Errorf("%s(%v) = %v, want %v: %.1f ulp off", name, x, got, want, off)
		}
		worst[name] = math.Max(worst[name], off)
		points[name]++
	}
	for name := range functions {
		t.Logf("%s: at most %.2f ulp off at %d points", name, worst[name], points[name])
		if points[name] < 200 {
			t.Errorf("%s has %d points in the table, want 200 or more", name, points[name])
		}
	}
}

type tableRow struct {
	name     string
	x, value float64
}

func readTable(t *testing.T) []tableRow {
	f, err := os.Open("testdata/tables.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []tableRow
	for _, line := range lines[1:] {
		rows = append(rows, tableRow{line[0], parse(t, line[1]), parse(t, line[2])})
	}
	return rows
}

func parse(t *testing.T, text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// What comes where there is no value, or none that a double holds.
func TestLimits(t *testing.T) {
	inf, nan, tiny := math.Inf(1), math.NaN(), math.SmallestNonzeroFloat64
	for _, c := range []struct {
		name    string
		x, want float64
	}{
		{"Exp", inf, inf},
		{"Exp", -inf, 0},
		{"Exp", nan, nan},
		{"Exp", 709.79, inf},
		{"Exp", -745.14, 0},
		{"Exp", 0, 1},
		{"Log", 0, -inf},
		{"Log", inf, inf},
		{"Log", -inf, nan},
		{"Log", -1, nan},
		{"Log", nan, nan},
		{"Log", 1, 0},
		{"Lgamma", 0, inf},
		{"Lgamma", inf, inf},
		{"Lgamma", -inf, nan},
		{"Lgamma", -.5, nan},
		{"Lgamma", nan, nan},
		{"Lgamma", 1, 0},
		{"Lgamma", 2, 0},
		{"Lgamma", 2.55999e305, inf},
		{"Lgamma", math.MaxFloat64, inf},
		{"Digamma", 0, -inf},
		{"Digamma", tiny, -inf},
		{"Digamma", inf, inf},
		{"Digamma", -inf, nan},
		{"Digamma", -.5, nan},
		{"Digamma", nan, nan},
	} {
		if got := functions[c.name](c.x); got != c.want && !(math.IsNaN(got) && math.IsNaN(c.want)) {
			t.Errorf("%s(%v) = %v, want %v", c.name, c.x, got, c.want)
		}
	}
	for name, f := range functions {
		if name != "Exp" && f(math.Copysign(0, -1)) != f(0) {
			t.Errorf("%s(-0) = %v, want that of 0", name, f(math.Copysign(0, -1)))
		}
	}
}

// Lgamma and Digamma have no seams: where one formula takes over from another,
// neighbouring arguments have neighbouring values.
func TestSeams(t *testing.T) {
	for _, x := range []float64{.5, 1.5, 2.5, 3.5, 12} {
		for _, name := range []string{"Lgamma", "Digamma"} {
			f := functions[name]
			below, above := f(math.Nextafter(x, 0)), f(x)
			if d := math.Abs(above - below); d > 8*0x1p-52*math.Max(1, math.Abs(above)) {
				t.Errorf("%s steps by %v at %v", name, d, x)
			}
		}
	}
}
