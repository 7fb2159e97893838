package report

import (
	"image/color"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

// between is what stands between two texts in a file that draws the page of a run.
func between(t *testing.T, file, begins, ends string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "page", "assets", file))
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(text), begins)
	inside, _, closed := strings.Cut(after, ends)
	if !found || !closed {
		t.Fatalf("%s has nothing between %q and %q", file, begins, ends)
	}
	return inside
}

// lightColours and darkColours are the variables of the page's style that are colours, by name.
func lightColours(t *testing.T) map[string]color.RGBA { return cssColours(t, "\n:root {") }

func darkColours(t *testing.T) map[string]color.RGBA {
	return cssColours(t, "\n:root[data-theme=\"dark\"] {")
}

func cssColours(t *testing.T, begins string) map[string]color.RGBA {
	t.Helper()
	all := map[string]color.RGBA{}
	for _, m := range regexp.MustCompile(`--([\w-]+): #(\w+);`).FindAllStringSubmatch(between(t, "1-page.css", begins, "\n}"), -1) {
		digits := m[2]
		if len(digits) == 3 {
			digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
		}
		all[m[1]] = parsed(t, digits)
	}
	return all
}

// jsColours are the colours of a constant of the script, in their order.
func jsColours(t *testing.T, name string) (all []color.RGBA) {
	t.Helper()
	for _, m := range regexp.MustCompile(`0x(\w+)`).FindAllStringSubmatch(between(t, "palette.js", "\nconst "+name+" = ", ";"), -1) {
		all = append(all, parsed(t, m[1]))
	}
	return all
}

func parsed(t *testing.T, digits string) color.RGBA {
	t.Helper()
	v, err := strconv.ParseUint(digits, 16, 24)
	if err != nil || len(digits) != 6 {
		t.Fatalf("%q is no colour", digits)
	}
	return hex(uint32(v))
}

// contrast is that of a colour with white paper, as the Web Content Accessibility Guidelines
// 2.1 reckon it, from 1 to 21.
func contrast(c color.RGBA) float64 {
	luminance := math.Pow((lab(c, eyes["all"])[0]+16)/116, 3)
	return 1.05 / (luminance + .05)
}

// A colour that means something in figures as files means the same on the page of a run, light.
func TestPageHasTheColoursOfFigures(t *testing.T) {
	css := lightColours(t)
	for name, want := range map[string]color.RGBA{
		"paper": paper, "ink": ink, "faint": faint, "missing": missing, "inferred": inferred,
		"look-1": looks[1].colour, "look-2": looks[2].colour, "look-3": looks[3].colour, "look-5": looks[5].colour,
	} {
		if got, there := css[name]; !there || got != want {
			t.Errorf("--%s is %v on the page, %v in figures", name, got, want)
		}
	}
	if looks[0].colour != inferred || strings.TrimSpace(between(t, "2-figures.css", "\n.look-0 {", "}")) != "color: var(--inferred);" {
		t.Error("the first look is not that of what is inferred")
	}
	dark := darkColours(t)
	for name, want := range map[string][]color.RGBA{
		"wheel": wheel, "sequential": sequential, "missingColour": {missing, dark["missing"]},
	} {
		if got := jsColours(t, name); !slices.Equal(got, want) {
			t.Errorf("%s is %v on the page, %v in figures", name, got, want)
		}
	}
	if got := jsColours(t, "unknownColour"); len(got) != 2 || got[0] != css["truth"] {
		t.Errorf("what has no direction is %v on the page, the truth %v", got, css["truth"])
	}
}

// What has too little contrast with paper on a screen is darker on the page, where text has 4.5 to
// 1 and other parts of figures 3 to 1 (the guidelines' 1.4.3 and 1.4.11).
func TestPageDarkensWhatIsFaint(t *testing.T) {
	css := lightColours(t)
	for name, c := range map[string]struct {
		figures color.RGBA
		least   float64
	}{"muted": {muted, 4.5}, "guide": {guide, 3}, "truth": {truth, 3}, "look-4": {looks[4].colour, 3}} {
		got := css[name]
		if on := contrast(got); on < c.least || on <= contrast(c.figures) {
			t.Errorf("--%s has a contrast of %.2f to 1 with paper, %v of figures %.2f; want %v at least", name, on, c.figures, contrast(c.figures), c.least)
		}
		if name == "look-4" {
			continue // no grey: below
		}
		page, figure := lab(got, eyes["all"]), lab(c.figures, eyes["all"])
		if d := math.Hypot(page[1]-figure[1], page[2]-figure[2]); d > 2 { // what can just be seen side by side
			t.Errorf("--%s is another grey than %v of figures: %.1f apart beside how light they are", name, c.figures, d)
		}
	}
	for name, eye := range eyes {
		own := apart(lab(css["look-4"], eye), lab(looks[4].colour, eye))
		for i, l := range looks {
			if d := apart(lab(css["look-4"], eye), lab(l.colour, eye)); d < own {
				t.Errorf("%s: --look-4 is nearer to look %d of figures than to its own", name, i)
			}
		}
	}
}

// The page's colours are told apart as those of figures are, in both lights.
func TestPageColoursAreToldApart(t *testing.T) {
	for _, css := range []map[string]color.RGBA{lightColours(t), darkColours(t)} {
		var all []color.RGBA
		for _, name := range []string{"truth", "inferred", "look-1", "look-2", "look-3", "look-4", "look-5"} {
			all = append(all, css[name])
		}
		toldApart(t, all)
	}
}

// Lines of methods are dashed alike, and as many methods are told apart.
func TestPageHasTheDashesOfFigures(t *testing.T) {
	var got, want []string
	for _, m := range regexp.MustCompile(`'([^']*)'`).FindAllStringSubmatch(between(t, "palette.js", "\nconst dashes = ", ";"), -1) {
		got = append(got, m[1])
	}
	for _, l := range looks {
		want = append(want, dashed(l.dashes))
	}
	if !slices.Equal(got, want) {
		t.Errorf("dashes are %q on the page, %q in figures", got, want)
	}
	if n := between(t, "palette.js", "\nconst looks = ", ";"); n != strconv.Itoa(len(looks)) {
		t.Errorf("%s methods are told apart on the page, %d in figures", n, len(looks))
	}
}

// dashed are the lengths of dashes and gaps as SVG has them.
func dashed(lengths []vg.Length) string {
	var all []string
	for _, l := range lengths {
		all = append(all, strconv.FormatFloat(float64(l), 'f', -1, 64))
	}
	return strings.Join(all, " ")
}
