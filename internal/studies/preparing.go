package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/prepare"
	rec "github.com/autolfads/autolfads/report"
	"github.com/autolfads/autolfads/rng"
)

// preparingCmd prepares a long recording, and says how long each part takes.
type preparingCmd struct {
	Hours  float64 `help:"Length of the recording." default:"2"`
	Units  int     `help:"Units." default:"300"`
	Hz     float64 `help:"Rate of each unit." default:"5"`
	BinMs  float64 `help:"Width of bins." default:"5"`
	Rounds int     `help:"Of all parts, one after the other." default:"5"`
}

// Run makes the recording in a temporary folder and prints the medians.
func (c *preparingCmd) Run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "autolfads-preparing")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "long.nwb")
	if err := c.make(path); err != nil {
		return err
	}
	debug.SetGCPercent(20) // as prepare does
	parts := preparingParts(path, filepath.Join(dir, "long.h5"), prepare.Options{BinMs: c.BinMs, Chop: &prepare.ChopOptions{WindowMs: 1000, OverlapMs: new(float64)}})
	seconds := make([][]float64, len(parts)+1)
	for range c.Rounds {
		sum := 0.
		for i, p := range parts {
			if err := ctx.Err(); err != nil {
				return err
			}
			began := time.Now()
			if err := p.do(); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			took := time.Since(began).Seconds()
			seconds[i], sum = append(seconds[i], took), sum+took
		}
		seconds[len(parts)] = append(seconds[len(parts)], sum)
		runtime.GC()
	}
	for i, p := range parts {
		report(p.name, seconds[i])
	}
	report("all", seconds[len(parts)])
	return peak()
}

// preparingPart is one thing that prepare does.
type preparingPart struct {
	name string
	do   func() error
}

// preparingParts are what prepare does, in order.
func preparingParts(path, out string, o prepare.Options) []preparingPart {
	var r *dataset.Recording
	var d *dataset.Dataset
	var said *prepare.Report
	return []preparingPart{
		{"open", func() (err error) {
			r, err = ingest.Open(path, ingest.Options{})
			return err
		}},
		{"trials", func() (err error) {
			d, said, err = prepare.Trials(r, o)
			return errors.Join(err, r.Close())
		}},
		{"checksum", func() error {
			_, err := prepare.Checksum(path, nil, nil)
			return err
		}},
		{"write", func() error { return d.Write(out) }},
		{"draw", func() (err error) {
			err = rec.RecordingOf(d, said).Write(out + ".png")
			d = nil
			return err
		}},
	}
}

// make writes the recording: units of exponential intervals, as NWB has them.
func (c *preparingCmd) make(path string) error {
	w, err := hdf5.Create(path)
	if err != nil {
		return err
	}
	defer w.Abort()
	source := rng.NewSource(rng.Derive(1, rng.Split))
	var times []float64
	ends, ids := make([]int64, c.Units), make([]int64, c.Units)
	for u := range c.Units {
		for t := c.interval(source); t < 3600*c.Hours; t += c.interval(source) {
			times = append(times, t)
		}
		ends[u], ids[u] = int64(len(times)), int64(u)
	}
	err = errors.Join(
		w.Write("units/spike_times", times, []int{len(times)}), w.Write("units/spike_times_index", ends, []int{c.Units}),
		w.Write("units/id", ids, []int{c.Units}), w.SetAttr("/", "nwb_version", "2.6.0"), w.SetAttr("/", "neurodata_type", "NWBFile"))
	if err != nil {
		return err
	}
	fmt.Printf("%d spikes, %.0f MB\n", len(times), float64(8*len(times))/1e6)
	return w.Close()
}

// interval is the time to the next spike, in s.
func (c *preparingCmd) interval(source *rng.Source) float64 {
	return -math.Log(source.Float64()) / c.Hz
}

// peak prints the most memory that this process has had, where the system says it.
func peak() error {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		fmt.Println("the most memory is not known here")
		return nil
	}
	for line := range strings.Lines(string(text)) {
		var kib int
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kib); err == nil {
			fmt.Printf("most memory %.2f GiB\n", float64(kib)/(1<<20))
		}
	}
	return nil
}
