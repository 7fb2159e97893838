package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// pseudoTerminal returns both ends of a terminal of the given size.
func pseudoTerminal(t *testing.T, columns, lines uint16) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no pseudo-terminals here:", err)
	}
	fd := int(master.Fd())
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		err = unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Col: columns, Row: lines})
	}
	if err != nil {
		t.Fatal(err)
	}
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return master, slave
}

var escape = regexp.MustCompile(`^\x1b\[(\d+)A\x1b\[J`)

// On a terminal the table is redrawn in place: a run leaves there only the
// lines of generations and the end, and nothing was wider or higher than the
// terminal. Colours and bars are there as the environment has them.
func TestTerminal(t *testing.T) {
	dir := t.TempDir()
	data := tinyData(t, dir)
	for name, c := range map[string]struct {
		env     []string
		colours bool
		bars    string
	}{
		"colours": {[]string{"LC_ALL=C.UTF-8", "NO_COLOR="}, true, string(blockBars)},
		"plain":   {[]string{"LC_ALL=C", "NO_COLOR=1"}, false, string(asciiBars)},
	} {
		t.Run(name, func(t *testing.T) {
			text := runOnTerminal(t, c.env, tinyRun(t, dir, data, filepath.Join(dir, name), "--members", "6")...)
			if got := painted.MatchString(text); got != c.colours {
				t.Errorf("there are colours: %v", got)
			}
			_, bars, there := strings.Cut(text, "best score of each generation: ")
			bars, _, _ = strings.Cut(bars, "  ")
			if !there || bars == "" || strings.Trim(bars, c.bars) != "" {
				t.Errorf("bars are %q, want some of %s", bars, c.bars)
			}
		})
	}
}

// The columns and lines of the terminal of a run: not all of its members have room, and some of those
// that take another's place have.
const columns, height = 70, 15

// runOnTerminal executes a run on a terminal, looks at what it leaves there, and returns all that it wrote.
func runOnTerminal(t *testing.T, env []string, args ...string) string {
	t.Helper()
	master, slave := pseudoTerminal(t, columns, height)
	c := command(args...)
	c.Stderr, c.Env = slave, append(append(os.Environ(), "TERM=xterm"), env...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	slave.Close()
	text, _ := io.ReadAll(master) // ends with EIO when the program does
	if err := c.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var screen []string
	drawn := 0
	for rest := strings.ReplaceAll(string(text), "\r\n", "\n"); rest != ""; {
		if up := escape.FindStringSubmatch(rest); up != nil {
			n, _ := strconv.Atoi(up[1])
			if n > height-1 || n > len(screen) {
				t.Fatalf("up %d lines, of %d, on a terminal of %d", n, len(screen), height)
			}
			screen, rest = screen[:len(screen)-n], rest[len(up[0]):]
			drawn++
			continue
		}
		line, after, _ := strings.Cut(rest, "\n")
		screen, rest = append(screen, line), after
		if kept := strings.Contains(line, " done: "); widthOf(line) > columns && !kept {
			t.Errorf("%d columns: %q", widthOf(line), line)
		}
	}
	left := strings.Join(screen, "\n")
	if drawn < 2 || strings.Contains(left, "\x1b") || strings.Contains(left, "member ") || strings.Count(left, " done: best score") != 4 {
		t.Errorf("redrawn %d times, and this is left:\n%s", drawn, left)
	}
	if !strings.Contains(string(text), "more lines: autolfads status shows all") {
		t.Errorf("nothing was cut:\n%s", text)
	}
	return string(text)
}

// What is no terminal gets neither colours nor bars that it has no letters for.
func TestStatusInAPipe(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	succeed(t, tinyRun(t, dir, tinyData(t, dir), out)...)
	for locale, bars := range map[string]string{"C": string(asciiBars), "C.UTF-8": string(blockBars)} {
		c := command("status", out)
		c.Env = append(os.Environ(), "TERM=xterm", "NO_COLOR=", "LC_ALL="+locale)
		r := execute(t, c)
		_, line, there := strings.Cut(r.stdout, "best score of each generation: ")
		line, _, _ = strings.Cut(line, "  from ")
		if r.code != 0 || strings.Contains(r.stdout, "\x1b") || !there || len([]rune(line)) != 4 || strings.Trim(line, bars) != "" {
			t.Errorf("%s: exit code %d, bars %q:\n%s", locale, r.code, line, r.stdout)
		}
	}
}
