package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/pbt"
)

// The lines of the glossary between which its tables of settings are.
const (
	glossaryBegins = "<!-- Settings: AUTOLFADS_UPDATE=1 go test -run TestGlossary ./cmd/autolfads writes what follows. -->\n"
	glossaryEnds   = "<!-- End of settings. -->\n"
)

// The glossary has every setting with its unit and its default, as the program has them.
// AUTOLFADS_UPDATE=1 writes them into the page.
func TestGlossary(t *testing.T) {
	path := filepath.Join(testenv.Root(), "docs", "tutorial", "10-glossary.md")
	page := readText(t, path)
	before, rest, begins := strings.Cut(page, glossaryBegins)
	is, after, ends := strings.Cut(rest, glossaryEnds)
	if !begins || !ends {
		t.Fatalf("the page has no lines %q and %q", glossaryBegins, glossaryEnds)
	}
	want := settingsTables(t)
	if is != want && os.Getenv("AUTOLFADS_UPDATE") == "1" {
		if err := os.WriteFile(path, []byte(before+glossaryBegins+want+glossaryEnds+after), 0o644); err != nil {
			t.Fatal(err)
		}
		is = want
	}
	if is != want {
		t.Errorf("the settings of the glossary are stale: AUTOLFADS_UPDATE=1 go test -run TestGlossary ./cmd/autolfads writes them. They are to be\n%s", want)
	}
	terms := termsOf(before)
	if len(terms) < 30 || !slices.IsSortedFunc(terms, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }) {
		t.Errorf("the terms are not in order: %s", strings.Join(terms, ", "))
	}
	if twice := len(terms) - len(slices.Compact(slices.Clone(terms))); twice > 0 {
		t.Errorf("%d terms stand there twice", twice)
	}
}

// termsOf are the terms that a page explains, a row of a table each.
func termsOf(page string) (terms []string) {
	for line := range strings.Lines(page) {
		if term, found := strings.CutPrefix(line, "| **"); found {
			term, _, _ = strings.Cut(term, "**")
			terms = append(terms, term)
		}
	}
	return terms
}

// settingsTables are the tables of settings, one for each group, and that of what is
// searched.
func settingsTables(t *testing.T) string {
	t.Helper()
	config := autolfads.DefaultConfig()
	var b strings.Builder
	group, known := "", map[string]bool{}
	for _, s := range settings.List(&config) {
		known[s.Key] = true
		m, ok := meanings[s.Key]
		if !ok || m.unit == "" || len(m.what) < 10 {
			t.Errorf("%s has no meaning in glossary_words_test.go", s.Key)
		}
		if of, _, _ := strings.Cut(s.Key, "."); of != group {
			group = of
			fmt.Fprintf(&b, "\n### %s\n\n| setting | unit | default | in lfads-torch | what it is |\n|---|---|---|---|---|\n", of)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", s.Key, m.unit, written(fieldAt(reflect.ValueOf(config), s.Key)), code(s.Known), m.what)
	}
	for key := range meanings {
		if !known[key] {
			t.Errorf("glossary_words_test.go has %s, which is no setting", key)
		}
	}
	b.WriteString("\n### What a population searches\n\n| setting | starts at | range | one change multiplies or divides it by at most | stays in its range |\n|---|---|---|---|---|\n")
	space := pbt.DefaultSpace()
	for _, key := range space.Keys() {
		p := space[key]
		start := "a draw (" + string(p.Scale) + ")"
		if p.Init != nil {
			start = short6(*p.Init)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s to %s | %s | %s |\n", key, start, short6(p.Low), short6(p.High), short6(1+p.Explore), yesNo(p.Limits))
	}
	b.WriteString("\n")
	return b.String()
}

// code writes names as code, with commas between.
func code(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "`" + strings.Join(names, "`, `") + "`"
}

// fieldAt is the field of a configuration that has a key.
func fieldAt(v reflect.Value, key string) reflect.Value {
	head, rest, inner := strings.Cut(key, ".")
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		switch {
		case name != head:
		case inner:
			return fieldAt(v.Field(i), rest)
		default:
			return v.Field(i)
		}
	}
	panic("no field " + key)
}

// written is a setting's default as the glossary has it.
func written(v reflect.Value) string {
	switch {
	case v.Type() == reflect.TypeFor[pbt.Space]():
		return "below"
	case v.Type() == reflect.TypeFor[pbt.Epochs]():
		return fmt.Sprint(v.Interface())
	case v.Kind() == reflect.Map && v.Len() == 0, v.Kind() == reflect.String && v.Len() == 0:
		return "nothing"
	case v.Kind() == reflect.Bool:
		return yesNo(v.Bool())
	case v.CanFloat():
		return short6(v.Float())
	}
	return fmt.Sprint(v.Interface())
}

func yesNo(v bool) string {
	if v {
		return "yes"
	}
	return "no"
}

// short6 writes a number as people do: 0.004, 1e-5.
func short6(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'g', 6, 64), "e-0", "e-", 1)
}
