package main

import (
	"os"
	"regexp"
	"runtime"
	"strings"
	"unicode"
)

// ink is what a reader sees beyond plain letters.
type ink struct {
	colour bool // a terminal that may be written to in colour
	blocks bool // block elements of Unicode; else ASCII does
}

// inkFor is that of a file. A terminal has colours unless NO_COLOR says otherwise
// (no-color.org) or TERM that it has none; what is no terminal never has.
func inkFor(file *os.File) ink {
	_, _, terminal := terminalSize(file)
	return ink{
		colour: terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		blocks: runtime.GOOS == "windows" && terminal || isUTF8(os.Getenv),
	}
}

// isUTF8 reports whether the locale's letters are UTF-8: the first of these variables that
// is set says so.
func isUTF8(env func(name string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToUpper(env(name)); locale != "" {
			return strings.Contains(strings.ReplaceAll(locale, "-", ""), "UTF8")
		}
	}
	return false
}

// hue is a colour of the terminal's own palette, so that it can be read on light and dark.
type hue string

// What is told by colour is told by a word or a mark as well.
const (
	green hue = "32" // the best
	red   hue = "31" // what diverged
	cyan  hue = "36" // who took another's place
)

// paint writes a text in a colour, if there are colours.
func (k ink) paint(h hue, text string) string {
	if !k.colour || text == "" {
		return text
	}
	return "\x1b[" + string(h) + "m" + text + "\x1b[0m"
}

// painted is what paint puts before a text and behind it.
var painted = regexp.MustCompile("\x1b\\[[0-9]*m")

// widthOf is how many columns of a terminal a text takes, without what paints it.
func widthOf(text string) (n int) {
	for _, r := range painted.ReplaceAllString(text, "") {
		n += columnsOf(r)
	}
	return n
}

// columnsOf is how many columns a letter takes at most: two of what may be Chinese,
// Japanese, Korean or a picture.
func columnsOf(r rune) int {
	if r >= 0x1100 && (r < 0x2000 || r >= 0x2E80) {
		return 2
	}
	return 1
}

// fitted cuts what goes beyond a width, and ends the colour that it was in.
func fitted(text string, width int) string {
	if widthOf(text) <= width {
		return text
	}
	var b strings.Builder
	n, inColour := 0, false
	for text != "" {
		if at := painted.FindStringIndex(text); text[0] == '\x1b' && at != nil && at[0] == 0 {
			inColour = text[:at[1]] != "\x1b[0m"
			b.WriteString(text[:at[1]])
			text = text[at[1]:]
			continue
		}
		r := []rune(text)[0]
		if n += columnsOf(r); n > width {
			break
		}
		b.WriteRune(r)
		text = text[len(string(r)):]
	}
	if inColour {
		b.WriteString("\x1b[0m")
	}
	return b.String()
}

// clean is a text that a file or a folder's name says, for a terminal: what would move its
// cursor or change its colours is a question mark.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
}

// cleaned is clean of each of several texts.
func cleaned(texts []string) []string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = clean(text)
	}
	return all
}
