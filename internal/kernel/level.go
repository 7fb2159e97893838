package kernel

import (
	"fmt"
	"os"
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

var active = choose(os.Getenv(environment))

// Active returns the level in use.
func Active() Level { return active }

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

// choose returns the level called name, or the best one if name is empty. A
// name that cannot be honoured stops the program: to go on with another level
// would give other bits than those asked for.
func choose(name string) Level {
	best := detect()
	if name == "" {
		return best
	}
	for l := Portable; l <= best; l++ {
		if l.String() == name {
			return l
		}
	}
	panic(fmt.Sprintf("%s=%s: want one of the levels that this CPU has: %s", environment, name, available()))
}

// available lists the levels of this CPU.
func available() string {
	var names []string
	for l := Portable; l <= detect(); l++ {
		names = append(names, l.String())
	}
	return strings.Join(names, ", ")
}
