package run_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

// TestMain lets tests run this binary as a process that can be killed.
func TestMain(m *testing.M) {
	dir := os.Getenv("RUN_TEST_DIR")
	switch os.Getenv("RUN_TEST_TASK") {
	case "":
		os.Exit(m.Run())
	case "hold":
		if _, err := run.Open(dir, program, &toyConfig{}, ""); err != nil {
			panic(err)
		}
		fmt.Println("locked")
		time.Sleep(time.Minute)
	case "drive":
		var c toyConfig
		f, err := run.Open(dir, program, &c, "")
		if err == nil {
			p := population()
			p.Config = c.PBT
			_, err = drive(context.Background(), f, p, &hooks{}, 3)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// Killed with -9 again and again at any moment, a run ends with the same bits.
func TestKillAndResume(t *testing.T) {
	for name, p := range map[string]pbt.Population{"plain": population(), "reviewed": reviewed()} {
		t.Run(name, func(t *testing.T) { killAndResume(t, p) })
	}
}

func killAndResume(t *testing.T, p pbt.Population) {
	want := reference(t, p)
	dir := filepath.Join(t.TempDir(), "run")
	createOf(t, dir, p).Close()

	start := time.Now()
	whole := filepath.Join(t.TempDir(), "whole")
	createOf(t, whole, p).Close()
	if out, err := childCommand("drive", whole).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	length := time.Since(start)

	kills := 0
	for range 10 {
		child := childCommand("drive", dir)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Float64() * .3 * float64(length)))
		child.Process.Kill()
		if child.Wait() != nil {
			kills++
		}
	}
	t.Logf("a run of %v killed %d times", length, kills)
	if out, err := childCommand("drive", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	checkSame(t, dir, want)
	checkSame(t, whole, want)
	if left, _ := filepath.Glob(filepath.Join(dir, ".*.tmp")); left != nil {
		t.Errorf("left behind: %v", left)
	}
}
