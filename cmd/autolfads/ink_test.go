package main

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/watch"
)

// Bars are as high as numbers, from the lowest to the highest; a gap is where there is none.
func TestSparkline(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		values []float64
		want   string
	}{
		{[]float64{1, 0}, "█▁"},
		{[]float64{7, 6, 5, 4, 3, 2, 1, 0}, "█▇▆▅▄▃▂▁"},
		{[]float64{-3, nan, 4, inf}, "▁ █ "},
		{[]float64{2, 2, 2}, "▁▁▁"},
		{[]float64{nan}, " "},
		{nil, ""},
	} {
		if got := sparkline(c.values, blockBars); got != c.want {
			t.Errorf("%v is %q, want %q", c.values, got, c.want)
		}
	}
	long := make([]float64, 101)
	for i := range long {
		long[i] = 100
	}
	long[50] = 0 // the best must be seen
	got := []rune(sparkline(long, asciiBars))
	if len(got) != sparkWidth || strings.Count(string(got), "_") != 1 || strings.Count(string(got), "#") != sparkWidth-1 {
		t.Errorf("101 numbers are %q", string(got))
	}
}

// The line of scores is there from the second generation on, in letters that the terminal has.
func TestScoresLine(t *testing.T) {
	s := autolfads.Status{Status: &watch.Status{}}
	nan := run.Score(math.NaN())
	for _, c := range []struct {
		scores []run.Score
		blocks bool
		want   string
	}{
		{nil, true, ""},
		{[]run.Score{.5, nan}, true, ""},
		{[]run.Score{.5, nan, .25}, true, "best score of each generation: █ ▁  from 0.50000 to 0.25000"},
		{[]run.Score{.5, .25}, false, "best score of each generation: #_  from 0.50000 to 0.25000"},
	} {
		s.BestScores = c.scores
		if got := scoresLine(s, ink{blocks: c.blocks}); got != c.want {
			t.Errorf("%v: %q, want %q", c.scores, got, c.want)
		}
	}
}

// Letters of UTF-8 are where the first variable that is set says so.
func TestLocale(t *testing.T) {
	for _, c := range []struct {
		all, ctype, lang string
		want             bool
	}{
		{"", "", "en_GB.UTF-8", true},
		{"", "", "C.utf8", true},
		{"", "", "C", false},
		{"", "", "", false},
		{"C", "", "en_GB.UTF-8", false},
		{"", "POSIX", "en_GB.UTF-8", false},
		{"de_DE.UTF-8", "C", "C", true},
		{"", "", "de_DE.ISO-8859-1", false},
	} {
		env := map[string]string{"LC_ALL": c.all, "LC_CTYPE": c.ctype, "LANG": c.lang}
		if got := isUTF8(func(name string) string { return env[name] }); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// A line is cut by the columns that it takes, not by bytes; colours take none, and end where they are cut.
func TestFitted(t *testing.T) {
	green := ink{colour: true}.paint(green, "good")
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"abc", 3, "abc"},
		{"abcd", 3, "abc"},
		{"█▇▆▅", 3, "█▇▆"},
		{"日本語", 4, "日本"},
		{"日本語", 5, "日本"},
		{"a" + green + "b", 6, "a" + green + "b"},
		{"a" + green + "b", 5, "a" + green},
		{"a" + green + "b", 3, "a\x1b[32mgo\x1b[0m"},
		{"", 0, ""},
	} {
		if got := fitted(c.text, c.width); got != c.want {
			t.Errorf("%q in %d columns is %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

// What a file says cannot move the cursor, change colours or turn letters round.
func TestClean(t *testing.T) {
	if got, want := clean("a\x1b[2Jb\r\nc\u202ed\u009b\xffé日"), "a?[2Jb??c?d??é日"; got != want {
		t.Errorf("it becomes %q, want %q", got, want)
	}
}

// Columns are aligned whatever their colours.
func TestAlignedColours(t *testing.T) {
	k := ink{colour: true}
	rows := align([][]string{{"score"}, {k.paint(red, "1")}, {"22"}})
	for i, want := range []string{"score", "    1", "   22"} {
		if got := painted.ReplaceAllString(rows[i], ""); got != want {
			t.Errorf("row %d is %q, want %q", i, got, want)
		}
	}
}
