package main

import (
	"fmt"
	"os"
	"strings"
)

// screen draws lines on a terminal in place of those it drew last.
type screen struct {
	file  *os.File
	drawn int // lines above the cursor
}

// newScreen returns a screen on a file that is a terminal, else nil.
func newScreen(file *os.File) *screen {
	if _, _, ok := terminalSize(file); !ok || os.Getenv("TERM") == "dumb" {
		return nil
	}
	return &screen{file: file}
}

// draw replaces what was drawn. What does not fit is cut: a line that wrapped,
// or scrolled away, could not be replaced.
func (s *screen) draw(lines []string) {
	width, height, _ := terminalSize(s.file)
	if rest := len(lines) - (height - 1); rest > 0 && height > 2 {
		lines = append(lines[:height-2:height-2], fmt.Sprintf("... %d more lines: autolfads status shows all", rest+1))
	}
	var b strings.Builder
	for _, line := range lines {
		if width > 0 {
			line = fitted(line, width)
		}
		b.WriteString(line + "\n")
	}
	s.clear()
	fmt.Fprint(s.file, b.String())
	s.drawn = len(lines)
}

// clear removes what was drawn: the cursor goes up to its first line, and all
// from there on is erased.
func (s *screen) clear() {
	if s.drawn > 0 {
		fmt.Fprintf(s.file, "\x1b[%dA\x1b[J", s.drawn)
	}
	s.drawn = 0
}
