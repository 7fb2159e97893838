package run_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

// When an epoch begins, those before it are in the attempt's metrics and in the
// event file: also in the first generation and of a single model.
func TestEpochsShowAsTheyEnd(t *testing.T) {
	for name, search := range map[string]pbt.Search{"population": population(), "fixed": pbt.Fixed{MaxEpochs: 6}} {
		for workers := 1; workers <= 3; workers += 2 {
			t.Run(fmt.Sprint(name, workers), func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "run")
				looked := 0
				h := &hooks{onEpoch: func(u run.Unit, epoch int) error {
					if epoch == u.FirstEpoch {
						return nil // none has ended
					}
					looked++
					metrics := read(t, dir, unitDir(u.Generation, u.Member)+"/attempts/001/metrics.jsonl")
					events := read(t, dir, fmt.Sprintf("events.out.tfevents.%010d.autolfads", u.Generation))
					done := epoch - u.FirstEpoch
					if n := strings.Count(metrics, "\n"); n != done {
						t.Errorf("%v: %d epochs in metrics.jsonl, want %d", u, n, done)
					}
					if n := strings.Count(events, fmt.Sprintf("score/member-%03d", u.Member)); n != done {
						t.Errorf("%v: %d epochs in the event file, want %d", u, n, done)
					}
					return nil
				}}
				if _, err := drive(t.Context(), create(t, dir), search, h, workers); err != nil {
					t.Fatal(err)
				}
				if looked == 0 {
					t.Error("no unit had a second epoch")
				}
			})
		}
	}
}

// An event file that was cut short anywhere, or lost, is completed: no event is
// missing, none is there twice.
func TestEventFileIsCompleted(t *testing.T) {
	dir := reference(t, population())
	name := "events.out.tfevents.0000000004.autolfads"
	want, file := timelessEvents(t, dir), read(t, dir, name)
	for size := len(file); size >= 0; size -= 97 {
		if err := os.Truncate(filepath.Join(dir, name), int64(size)); err != nil {
			t.Fatal(err)
		}
		if _, err := drive(t.Context(), reopen(t, dir), population(), &hooks{}, 1); err != nil {
			t.Fatal(err)
		}
		if got := timelessEvents(t, dir); got != want {
			t.Fatalf("cut to %d of %d bytes:\n%s\nwant\n%s", size, len(file), got, want)
		}
	}
}

// TensorBoard's own reader, asked in the middle of the first generation and while
// an event is being written, shows the epochs that have ended.
func TestTensorBoardReadsRunUnderWay(t *testing.T) {
	python := testenv.Python(t, "tensorboard")
	dir, seen := filepath.Join(t.TempDir(), "run"), t.TempDir()
	h := &hooks{onEpoch: func(u run.Unit, epoch int) error {
		if u.Generation == 0 && u.Member == 1 && epoch == 3 {
			name := "events.out.tfevents.0000000000.autolfads"
			file := read(t, dir, name)
			return os.WriteFile(filepath.Join(seen, name), []byte(file+file[:40]), 0o600)
		}
		return nil
	}}
	if _, err := drive(t.Context(), create(t, dir), population(), h, 1); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "-c", tensorBoard, seen).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, err.(*exec.ExitError).Stderr)
	}
	got := map[string]map[int]float64{}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	for member, epochs := range []int{4, 3, 0} {
		if n := len(got[fmt.Sprintf("score/member-%03d", member)]); n != epochs {
			t.Errorf("%d epochs of member %d, want %d: %v", n, member, epochs, got)
		}
	}
}
