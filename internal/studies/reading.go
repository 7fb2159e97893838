package main

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"time"

	"github.com/autolfads/autolfads/ingest"
)

//go:embed reading.py
var readingScript string

// readingCmd compares reading the spike times of a large NWB file, unit after
// unit, with h5py reading the same arrays in one go, in turns.
type readingCmd struct {
	Megabytes int    `help:"Size of the spike times." default:"500"`
	Units     int    `help:"Units." default:"300"`
	Rounds    int    `help:"Of each." default:"7"`
	Gzip      bool   `help:"Compressed with gzip and shuffle, in chunks of 65536."`
	Python    string `help:"With h5py and pynwb." default:"python3"`
}

// Run makes the file in a temporary folder and prints the medians.
func (c *readingCmd) Run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "autolfads-reading")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "large.nwb")
	args := []string{"make", path, strconv.Itoa(c.Megabytes), strconv.Itoa(c.Units)}
	if c.Gzip {
		args = append(args, "gzip")
	}
	if _, err := c.python(ctx, args...); err != nil {
		return err
	}
	var ours, theirs []float64
	for range c.Rounds {
		seconds, err := readOurs(path)
		if err != nil {
			return err
		}
		ours = append(ours, seconds)
		out, err := c.python(ctx, "read", path)
		if err != nil {
			return err
		}
		var spikes int
		var last float64
		if _, err := fmt.Sscan(out, &seconds, &spikes, &last); err != nil {
			return fmt.Errorf("h5py prints %q: %w", out, err)
		}
		theirs = append(theirs, seconds)
	}
	report("autolfads", ours)
	report("h5py", theirs)
	fmt.Printf("ratio of medians %.2f\n", median(ours)/median(theirs))
	return nil
}

func (c *readingCmd) python(ctx context.Context, args ...string) (string, error) {
	p := exec.CommandContext(ctx, c.Python, append([]string{"-c", readingScript}, args...)...)
	p.Stderr = os.Stderr
	out, err := p.Output()
	return string(out), err
}

// readOurs reads every unit's spikes and returns the seconds it took.
func readOurs(path string) (float64, error) {
	runtime.GC()
	began := time.Now()
	r, err := ingest.Open(path, ingest.Options{})
	if err != nil {
		return 0, err
	}
	defer r.Close()
	for i := range r.Units.IDs {
		if _, err := r.Units.Spikes.Times(i); err != nil {
			return 0, err
		}
	}
	return time.Since(began).Seconds(), nil
}

func report(who string, seconds []float64) {
	slices.Sort(seconds)
	fmt.Printf("%-10s median %.3f s (%.3f to %.3f)\n", who, median(seconds), seconds[0], seconds[len(seconds)-1])
}

func median(sorted []float64) float64 { return sorted[len(sorted)/2] }
