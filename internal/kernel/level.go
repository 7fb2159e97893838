package kernel

import (
	"fmt"
	"os"
	"strings"
)

// Level is the name of an implementation of this package, a row of its table.
type Level string

// The implementations of today. Levels says which of them this CPU has.
const (
	Portable Level = "portable" // plain Go
	AVX2     Level = "avx2"     // needs AVX2 and FMA
	AVX512   Level = "avx512"   // needs AVX-512 F, DQ, VL and BW
)

// String returns the name, which AUTOLFADS_CPU takes.
func (l Level) String() string { return string(l) }

// environment is the variable that forces a level.
const environment = "AUTOLFADS_CPU"

// atStart returns the row that the environment asks for. One that this CPU
// lacks ends the program, whichever it is: to go on with another would give
// other bits than those asked for.
func atStart() *table {
	row, err := choose(os.Getenv(environment))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return row
}

// Active returns the level in use.
func Active() Level { return Level(active.name) }

// Bits names the class of levels that give the same bits as the one in use:
// AVX2 and AVX-512 round alike, portable Go otherwise, and on each architecture
// in its own way.
func Bits() string { return active.bits }

// Levels returns what this CPU can run, the best first.
func Levels() []Level {
	var levels []Level
	for _, row := range tables {
		if row.runs {
			levels = append(levels, Level(row.name))
		}
	}
	return levels
}

// Supported reports whether this CPU can run level l.
func Supported(l Level) bool { return find(string(l)) != nil }

// Use switches to level l and returns a function that switches back. It is for
// tests and benchmarks: no other kernel may run meanwhile. It panics if the
// CPU lacks l.
func Use(l Level) (restore func()) {
	row, before := find(string(l)), active
	if row == nil {
		panic(fmt.Sprintf("kernel: this CPU has %s, not %v", available(), l))
	}
	active = row
	return func() { active = before }
}

// find returns the row called name, nil if this CPU has none.
func find(name string) *table {
	for _, row := range tables {
		if row.runs && row.name == name {
			return row
		}
	}
	return nil
}

// choose returns the row called name, or the best one if name is empty.
func choose(name string) (*table, error) {
	if name == "" {
		name = string(Levels()[0])
	}
	if row := find(name); row != nil {
		return row, nil
	}
	return nil, fmt.Errorf("%s=%s: want one of the levels that this CPU has, %s; without the variable it is the fastest", environment, name, available())
}

// available lists the levels of this CPU.
func available() string {
	var names []string
	for _, l := range Levels() {
		names = append(names, l.String())
	}
	return strings.Join(names, ", ")
}
