package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// A disk that is full, or a folder that cannot be written any more, from any
// change on: the program says what to do in a sentence, and when that is done
// the run ends with the same bits.
func TestDiskFullAtAnyChange(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, first := bareData(t, dir), filepath.Join(dir, "first")
	changes := countChanges(t, ";often", bareRun(data, first, longUnits...)...)
	want := promised(t, first)
	for kind, says := range map[string]string{
		"full":     "the disk is full: free some space, then ",
		"readonly": "cannot be ",
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			for k := 1; k <= changes; k += 11 {
				out := filepath.Join(dir, fmt.Sprint(kind, k))
				begin := bareRun(data, out, longUnits...)
				r := execute(t, broken(fmt.Sprintf("%s %d;often", kind, k), begin...))
				oneSentence(t, r, says)
				next := goOn(out, begin)
				if next[0] == "resume" && !strings.Contains(r.stderr, "go on with `autolfads resume "+out+"`; nothing is lost") {
					t.Errorf("%s at change %d does not say how to go on:\n%s", kind, k, r.stderr)
				}
				carryOn(t, next...)
				sameFiles(t, fmt.Sprintf("%s at change %d", kind, k), promised(t, out), want)
				noneLeft(t, out)
			}
		})
	}
}

// oneSentence checks that a command ended with an error that is one line.
func oneSentence(t *testing.T, r result, says string) {
	t.Helper()
	_, message, found := strings.Cut(r.stderr, "autolfads: ")
	if r.code != exitError || !found || strings.Count(message, "\n") != 1 || !strings.Contains(message, says) {
		t.Errorf("exit code %d, want one line that says %q:\n%s", r.code, says, r.stderr)
	}
}

// A real file system that fills up.
func TestRealDiskFull(t *testing.T) {
	dir := t.TempDir()
	data, first := bareData(t, dir), filepath.Join(dir, "first")
	succeed(t, bareRun(data, first)...)
	want := withoutHeader(t, first)
	disk := mount(t, "tmpfs", "-t", "tmpfs", "-o", "size=32k", "tmpfs")
	out := filepath.Join(disk, "out")
	next, full := bareRun(data, out), 0
	for size := 32; ; size += 32 {
		remount(t, disk, fmt.Sprintf("size=%dk", size))
		r := execute(t, command(next...))
		if r.code == 0 {
			break
		}
		oneSentence(t, r, "the disk is full: free some space, then ")
		next = goOn(out, next)
		full++
	}
	if full < 3 {
		t.Errorf("the disk was full %d times, want some", full)
	}
	sameFiles(t, fmt.Sprintf("disk full %d times", full), withoutHeader(t, out), want)
	noneLeft(t, out)
}

// A real folder that cannot be written: resume says so, and infer, which needs
// only to read it, works.
func TestRealReadOnlyFolder(t *testing.T) {
	dir := t.TempDir()
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	succeed(t, bareRun(data, out)...)
	disk := mount(t, "a read-only folder", "--bind", out)
	remount(t, disk, "bind,ro")
	r := execute(t, command("resume", disk))
	oneSentence(t, r, disk+" cannot be written: make it writable, then go on with `autolfads resume "+disk+"`; nothing is lost")
	succeed(t, "infer", disk, data, "--out", filepath.Join(dir, "rates.h5"))
}

// mount mounts a file system on a new folder. Only root can.
func mount(t *testing.T, what string, args ...string) string {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("mounts as Linux does")
	}
	dir := t.TempDir()
	if out, err := exec.Command("mount", append(args, dir)...).CombinedOutput(); err != nil {
		t.Skipf("%s cannot be mounted: %v, %s", what, err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	return dir
}

func remount(t *testing.T, dir, options string) {
	t.Helper()
	if out, err := exec.Command("mount", "-o", "remount,"+options, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}
