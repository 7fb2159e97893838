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
// terminal.
func TestTerminal(t *testing.T) {
	const columns, height = 70, 9
	master, slave := pseudoTerminal(t, columns, height)
	dir := t.TempDir()
	c := command(tinyRun(t, dir, tinyData(t, dir), filepath.Join(dir, "out"), "--members", "6")...)
	c.Stderr, c.Env = slave, append(os.Environ(), "TERM=xterm")
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
	}
	left := strings.Join(screen, "\n")
	if drawn < 2 || strings.Contains(left, "\x1b") || strings.Contains(left, "member ") || strings.Count(left, " done: best score") != 4 {
		t.Errorf("redrawn %d times, and this is left:\n%s", drawn, left)
	}
	for _, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if kept := strings.Contains(line, " done: ") || strings.Contains(line, "\x1b"); len(line) > columns && !kept {
			t.Errorf("%d columns: %s", len(line), line)
		}
	}
	if !strings.Contains(string(text), "more lines: autolfads status shows all") {
		t.Errorf("nothing was cut:\n%s", text)
	}
}
