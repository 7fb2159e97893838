package main

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A continuous recording goes all the way: windows that overlap, a model of them, and
// what it infers merged over the recording; by run of the recording itself, by infer of
// what the run kept, and by infer of the recording.
func TestContinuousRecording(t *testing.T) {
	dir := memoryDir(t)
	source, out := tinySource(t, dir), filepath.Join(dir, "run")
	flags := []string{"--chop-ms", "200", "--overlap-ms", "80", "--bin-ms", "20"}
	text := succeed(t, append([]string{"prepare", source, "--dry-run"}, flags...)...)
	if !strings.Contains(text, "24 of 24 windows of 200 ms, of which each shares 80 ms with the next one") {
		t.Errorf("prepare says\n%s", text)
	}
	text = succeed(t, sourceRun(source, out, flags...)...)
	if figure := filepath.Join("figures", "continuous.png"); !strings.Contains(text, figure) {
		t.Errorf("no %s in\n%s", figure, text)
	}
	kept := filepath.Join(out, "data", "tiny.h5")
	if info := succeed(t, "info", kept); !strings.Contains(info, "windows of 10 bins that overlap by 4, of a recording of 150 bins (0 to 3 s)") {
		t.Errorf("info says\n%s", info)
	}
	rates := floats(t, filepath.Join(out, "outputs", "tiny.h5"), "continuous/rates_hz")
	windows := floats(t, filepath.Join(out, "outputs", "tiny.h5"), "rates_hz")
	covered := 24*10 - 23*4
	if n := len(rates) - gaps(rates); len(rates) != 150*3 || n != covered*3 || len(windows) != 24*10*3 {
		t.Errorf("%d rates, %d of them known, of %d in windows", len(rates), n, len(windows))
	}
	again, anew := filepath.Join(dir, "again.h5"), filepath.Join(dir, "anew.h5")
	succeed(t, "infer", out, kept, "--out", again)
	if !slices.EqualFunc(rates, floats(t, again, "continuous/rates_hz"), sameRate) {
		t.Error("infer of the run's own windows gives other rates")
	}
	succeed(t, "infer", out, source, "--out", anew)
	if got := floats(t, anew, "continuous/rates_hz"); len(got) != len(rates) || gaps(got) != gaps(rates) {
		t.Errorf("infer of the recording gives %d rates, %d of them NaN", len(got), gaps(got))
	}
}

func sameRate(a, b float32) bool { return a == b || a != a && b != b }

// gaps counts NaN.
func gaps(rates []float32) (n int) {
	for _, v := range rates {
		if math.IsNaN(float64(v)) {
			n++
		}
	}
	return n
}

func TestChopRefused(t *testing.T) {
	dir := t.TempDir()
	source := tinySession(t, dir)
	for _, c := range []struct{ say, flag, value string }{
		{"0 ms long: they must be longer than 0 (--chop-ms)", "--chop-ms", "0"},
		{"such as 60 or 70 ms (--chop-ms)", "--chop-ms", "65"},
		{"at most 300 ms (--overlap-ms)", "--overlap-ms", "400"},
		{"leave out --chop, or --trials", "--chop", "--align=go_time"},
	} {
		refuseIn(t, dir, []string{c.say}, "prepare", source, "--dry-run", c.flag, c.value)
	}
}
