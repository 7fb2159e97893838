package outputs

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// String is a paragraph of a line each.
func (d Description) String() string {
	var text strings.Builder
	line := func(what, is string) {
		if is != "" {
			fmt.Fprintf(&text, "%-12s %s\n", what, is)
		}
	}
	line("file", d.file())
	line("made by", d.Run)
	line("data", d.Data)
	var trials []string
	for _, s := range d.Splits {
		trials = append(trials, fmt.Sprintf("%d %s", s.Trials, s.Name))
	}
	line("trials", strings.Join(trials, ", "))
	rates := len(d.Quantities)
	if d.Layout != OfNLB {
		rates = min(rates, 1)
	}
	for _, q := range d.Quantities[:rates] {
		line("rates", q.inWords())
	}
	line("also", namesOf(d.Quantities[rates:]))
	line("continuous", namesOf(d.Continuous))
	line("settings", d.settings())
	return text.String()
}

func (d Description) file() string {
	text := "rates, in the layout of " + string(d.Layout)
	if d.Version != "" {
		text += " " + d.Version
	}
	if d.Group != "" {
		text += ", in group " + d.Group
	}
	return text
}

// inWords is what there is of rates.
func (s Stored) inWords() string {
	text := s.Name
	if len(s.Shape) == 2 {
		text += fmt.Sprintf(": %d bins x %d neurons", s.Shape[0], s.Shape[1])
	}
	if s.Unit != "" {
		text += ", " + s.Unit
	}
	return text
}

// namesOf lists quantities with how many features they have.
func namesOf(all []Stored) string {
	var names []string
	for _, s := range all {
		name := s.Name
		if n := len(s.Shape); n > 0 {
			name += fmt.Sprintf(" (%d)", s.Shape[n-1])
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// mostLetters of a setting that are shown.
const mostLetters = 40

func (d Description) settings() string {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(d.Settings)) {
		value := []rune(d.Settings[name])
		if len(value) > mostLetters {
			value = append(value[:mostLetters:mostLetters], []rune("...")...)
		}
		words = append(words, name+" "+string(value))
	}
	return strings.Join(words, ", ")
}
