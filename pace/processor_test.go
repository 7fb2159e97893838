package pace

import (
	"runtime"
	"testing"
	"testing/fstest"
	"time"
)

func TestProcessorTimeOf(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"7 (a) b) c) R 1 2 3 4 5 6 7 8 9 10 150 25 12\n": 1750 * time.Millisecond,
		"7 (x) R 1 2 3 4 5 6 7 8 9 10 150":               -1,
		"7 (x) R 1 2 3 4 5 6 7 8 9 10 150 many":          -1,
		"7 (x) R 1 2 3 4 5 6 7 8 9 10 -150 25":           -1,
		"":                                               -1,
	} {
		got, known := processorTimeOf(fstest.MapFS{"stat": {Data: []byte(text)}})
		if known != (want >= 0) || known && got != want {
			t.Errorf("%q: %s, %v; want %s", text, got, known, want)
		}
	}
	if _, known := processorTimeOf(fstest.MapFS{}); known {
		t.Error("of no process the time is known")
	}
}

// Who sleeps has none of a core, who works a part of it, and what is short is not known.
func TestShareOf(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has proc(5)")
	}
	asleep, err := shareOf(1, func() error { time.Sleep(1100 * time.Millisecond); return nil })
	if err != nil {
		t.Fatal(err)
	}
	working, err := shareOf(1, func() error {
		for end := time.Now().Add(1100 * time.Millisecond); time.Now().Before(end); {
		}
		return nil
	})
	// Other processes may leave it little, but hardly less than to a sleeper.
	if err != nil || working <= asleep || asleep > .5 {
		t.Errorf("asleep it has %v of a core, working %v (%v)", asleep, working, err)
	}
	if short, _ := shareOf(1, func() error { return nil }); short != 0 {
		t.Errorf("in no time it had %v of a core", short)
	}
}
