package experiment

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// planted are cells of two ways on three splits, one way better by .01, .02 and .03.
func planted() (cells []Cell) {
	for split := range 3 {
		for i, way := range []string{"paper", "ours"} {
			value := .2 + .1*float64(split) + .01*float64(i*(split+1))
			cells = append(cells, Cell{
				Way: way, Split: split, Seed: SeedOf(split, 0), Epochs: 3040, Data: DataOf{File: "maze.h5", Train: 92, Valid: 20, Test: 20},
				Command: "autolfads experiment search --data maze.h5 --ways " + way + " --only split=0", Loss: .11,
				Variants: []Variant{{Name: Chosen, Scores: map[string]float64{"co_bps": value, "nll": 1 - value}}, {Name: "raw weights", WhyNot: "none are kept"}},
			})
		}
	}
	return cells
}

// Means, intervals and differences are those of the formulas: t of 2 degrees of freedom
// is 4.3027.
func TestSearchPage(t *testing.T) {
	page := SearchPage([]Folder{{"maze", planted()}}, "docs/search.md")
	for _, line := range []string{
		"## maze: 92 + 20 trials of maze.h5, 20 tested, 3,040 epochs\n",
		"![Scores of test trials by way: cells, means and intervals](search-maze-92-20-20-3040.svg)\n",
		"### co-bps (higher is better)\n",
		"| paper | 3 | .3000 | [.0516, .5484] | .1000 | .2000 |\n",
		"| ours less paper | 3 | .0200 | [-.0048, .0448] | 3 of 3 |\n",
		"### nll (lower is better)\n",
		"| paper | 3 | .70000 | [.45159, .94841] | .10000 | .80000 |\n",
		"| ours less paper | 3 | -.02000 | [-.04484, .00484] | 3 of 3 |\n",
		"| ours | 1 | 101 | .11000 | .3200 | .68000 |",
		"    autolfads experiment search --data maze.h5 --ways ours,paper\n",
	} {
		if !strings.Contains(page.Text, line) {
			t.Errorf("the page lacks %q", line)
		}
	}
	if strings.Contains(page.Text, "raw weights") || strings.Contains(page.Text, "### behaviour") {
		t.Error("what has no scores is on the page")
	}
	if t.Failed() {
		t.Log(page.Text)
	}
	if len(page.Figures) != 1 || len(page.Figures["maze-92-20-20-3040"].Rows) != 2 {
		t.Errorf("figures %v", page.Figures)
	}
}

// What ways are worth with few trials stands beside what they are with many.
func TestSizes(t *testing.T) {
	cells := planted()
	for _, c := range planted() {
		c.Data.Train = 20
		cells = append(cells, c)
	}
	page := SearchPage([]Folder{{"maze", cells}}, "search.md")
	for _, line := range []string{
		"## maze: by the number of trials that train\n",
		"| training trials | epochs | ours | paper | ours less paper |\n",
		"| 20 | 3,040 | .3200 | .3000 | .0200 [-.0048, .0448] |\n| 92 | 3,040 | .3200 |",
	} {
		if !strings.Contains(page.Text, line) {
			t.Errorf("the page lacks %q:\n%s", line, page.Text)
		}
	}
}

// Several seeds of a split are one number: they share its trials.
func TestSeedsOfASplit(t *testing.T) {
	cells := planted()[:2]
	again := cells[1]
	again.Seed, again.Variants = 200, []Variant{{Name: Chosen, Scores: map[string]float64{"co_bps": .25}}}
	chosen, _ := methodsOf(append(cells, again))
	if got := chosen[0].scores("co_bps"); len(got) != 1 || math.Abs(got[0]-.23) > 1e-12 || len(chosen[0].each("co_bps")) != 2 {
		t.Errorf("%s: %v of %v", chosen[0].name(), got, chosen[0].each("co_bps"))
	}
	if s := Summarise([]float64{.5}); s.Interval != nil || s.Mean != .5 {
		t.Errorf("of one number %+v", s)
	}
}

// Numbers have no zero before the point, and none has the sign of a negative one.
func TestNumber(t *testing.T) {
	m := Measure{Digits: 3}
	for value, want := range map[float64]string{.25: ".250", -.25: "-.250", 1.5: "1.500", -.0001: ".000", 0: ".000", 10: "10.000"} {
		if got := m.number(value); got != want {
			t.Errorf("%v is written %q, want %q", value, got, want)
		}
	}
	for value, want := range map[float64]string{0: "0", -.1: "0", 10: "10", -3: "-3"} {
		if got := Number(value, 0); got != want {
			t.Errorf("%v is written %q, want %q", value, got, want)
		}
	}
	if m.number(math.NaN()) != "" || thousands(3040) != "3,040" || thousands(40) != "40" || thousands(1234567) != "1,234,567" {
		t.Error("NaN or thousands")
	}
}

// The page in docs/results, and its figures, are what the cells beside it give.
// AUTOLFADS_UPDATE=1 writes them.
func TestResultsPage(t *testing.T) {
	dir := filepath.Join(testenv.Root(), "docs", "results")
	path := filepath.Join(dir, "search.md")
	folders, err := ReadFolders(filepath.Join(dir, "search"))
	if err != nil {
		if _, missing := os.Stat(path); missing == nil {
			t.Fatal(err)
		}
		t.Skip("no cells are committed")
	}
	page := SearchPage(folders, path)
	if os.Getenv("AUTOLFADS_UPDATE") == "1" {
		if err := page.Write(path); err != nil {
			t.Fatal(err)
		}
	}
	again := filepath.Join(t.TempDir(), "search.md")
	if err := page.Write(again); err != nil {
		t.Fatal(err)
	}
	made, err := filepath.Glob(filepath.Join(filepath.Dir(again), "*"))
	if err != nil {
		t.Fatal(err)
	}
	if there, _ := filepath.Glob(filepath.Join(dir, "search*.*")); len(there) > len(made) {
		t.Errorf("docs/results has %v, and the cells give %v: remove what is of no cells any more", there, made)
	}
	for _, file := range made {
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(dir, filepath.Base(file)))
		if err != nil || string(got) != string(want) {
			t.Errorf("docs/results/%s is not what the cells give (%v): go run ./cmd/autolfads experiment page docs/results/search --out docs/results/search.md", filepath.Base(file), err)
		}
	}
}

// Cells that cannot stand in one table are no page.
func TestCellsThatDiffer(t *testing.T) {
	for want, change := range map[string]func(c *Cell){
		"":                                 func(*Cell) {},
		"cells of two data files":          func(c *Cell) { c.Data.SHA256 = "another" },
		"cells of way ours with other set": func(c *Cell) { c.Settings = []string{"train.average_half_life=3"} },
	} {
		dir := t.TempDir()
		for i, c := range planted() {
			if i == 3 {
				change(&c)
			}
			if err := c.write(filepath.Join(dir, strconv.Itoa(i)+".json")); err != nil {
				t.Fatal(err)
			}
		}
		_, err := ReadFolders(dir)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
