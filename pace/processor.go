package pace

import (
	"bytes"
	"io/fs"
	"os"
	"strconv"
	"time"
)

// processorTime is how long this process has had processors; false where that is unknown: on
// systems other than Linux.
func processorTime() (time.Duration, bool) { return processorTimeOf(os.DirFS("/proc/self")) }

// tick is the unit of times in proc(5): USER_HZ, which is 100 on every Linux.
const tick = time.Second / 100

// The places of times in user mode and in the kernel, of the words behind the command's name.
const (
	userPlace   = 11
	systemPlace = 12
)

// processorTimeOf reads a folder of proc(5).
func processorTimeOf(proc fs.FS) (time.Duration, bool) {
	text, err := fs.ReadFile(proc, "stat")
	if err != nil {
		return 0, false
	}
	words := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
	if len(words) <= systemPlace {
		return 0, false
	}
	total := time.Duration(0)
	for _, place := range []int{userPlace, systemPlace} {
		n, err := strconv.ParseUint(string(words[place]), 10, 48)
		if err != nil {
			return 0, false
		}
		total += time.Duration(n) * tick
	}
	return total, true
}

// shareOf returns what share of so many cores this process had while something was done,
// which kept all of them busy; 0 if that is unknown.
func shareOf(cores int, do func() error) (share float64, err error) {
	before, known := processorTime()
	began := time.Now()
	err = do()
	wall := time.Since(began)
	after, also := processorTime()
	if !known || !also || wall < 100*tick { // too short for a clock of ticks
		return 0, err
	}
	return float64(after-before) / (float64(wall) * float64(cores)), err
}
