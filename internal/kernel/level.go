package kernel

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// Level is one of the implementations of this package.
type Level int

// The implementations, slowest first.
const (
	Portable Level = iota // plain Go
	AVX2                  // needs AVX2 and FMA
	AVX512                // needs AVX-512 F, DQ, VL and BW
)

// String returns the name that AUTOLFADS_CPU takes.
func (l Level) String() string {
	if l < Portable || l > AVX512 {
		return fmt.Sprintf("Level(%d)", int(l))
	}
	return [...]string{"portable", "avx2", "avx512"}[l]
}

// environment is the variable that forces a level.
const environment = "AUTOLFADS_CPU"

var active = atStart()

// atStart returns the level that the environment asks for. One that this CPU
// lacks ends the program, whichever it is: to go on with another level would
// give other bits than those asked for.
func atStart() Level {
	level, err := choose(os.Getenv(environment))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return level
}

// Active returns the level in use.
func Active() Level { return active }

// Bits names the class of levels that give the same bits as the one in use:
// AVX2 and AVX-512 round alike, portable Go otherwise, and on each architecture
// in its own way.
func Bits() string {
	if active >= AVX2 {
		return "fma"
	}
	return "portable-" + runtime.GOARCH
}

// Supported reports whether this CPU can run level l.
func Supported(l Level) bool { return l >= Portable && l <= detect() }

// Use switches to level l and returns a function that switches back. It is for
// tests and benchmarks: no other kernel may run meanwhile. It panics if the
// CPU lacks l.
func Use(l Level) (restore func()) {
	if !Supported(l) {
		panic(fmt.Sprintf("kernel: this CPU has %s, not %v", available(), l))
	}
	before := active
	active = l
	return func() { active = before }
}

// choose returns the level called name, or the best one if name is empty.
func choose(name string) (Level, error) {
	best := detect()
	if name == "" {
		return best, nil
	}
	for l := Portable; l <= best; l++ {
		if l.String() == name {
			return l, nil
		}
	}
	return best, fmt.Errorf("%s=%s: want one of the levels that this CPU has, %s; without the variable it is the fastest", environment, name, available())
}

// available lists the levels of this CPU.
func available() string {
	var names []string
	for l := Portable; l <= detect(); l++ {
		names = append(names, l.String())
	}
	return strings.Join(names, ", ")
}
