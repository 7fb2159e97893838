package run_test

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// timelessEvents returns the records of all event files without checksums and
// times: an event's time is its first field, of one byte and eight. Those of a
// file are sorted: members that train at a time take turns in it.
func timelessEvents(t testing.TB, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "events.out.tfevents.*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no event files in %s: %v", dir, err)
	}
	var all strings.Builder
	for _, file := range files {
		name := filepath.Base(file)
		fmt.Fprintln(&all, name)
		var events []string
		for text := read(t, dir, name); text != ""; {
			n := binary.LittleEndian.Uint64([]byte(text[:8]))
			events = append(events, fmt.Sprintf("%q", text[12+9:12+n]))
			text = text[12+n+4:]
		}
		slices.Sort(events)
		fmt.Fprintln(&all, strings.Join(events, "\n"))
	}
	return all.String()
}

// TensorBoard's own reader finds in a run folder what metrics.jsonl and
// hyperparameters.csv say, for every member and epoch.
func TestTensorBoardReadsRun(t *testing.T) {
	python := testenv.Python(t, "tensorboard")
	dir := reference(t, population())
	out, err := exec.Command(python, "-c", tensorBoard, dir).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, err.(*exec.ExitError).Stderr)
	}
	got := map[string]map[int]float64{}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	hyper := rows(t, dir, "hyperparameters.csv")
	lines := strings.Split(strings.TrimSpace(read(t, dir, "metrics.jsonl")), "\n")
	values := 0
	for _, line := range lines {
		var e struct {
			Generation, Member, Epoch int
			Score                     float64
			Metrics                   map[string]float64
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		want := map[string]float64{"score": e.Score, "loss": e.Metrics["loss"], "rate": e.Metrics["rate"]}
		row := hyper[1+5*e.Generation+e.Member]
		for i, key := range hyper[0][2:] {
			want["hyper/"+key] = parse(t, row[2+i])
		}
		for name, v := range want {
			tag := fmt.Sprintf("%s/member-%03d", name, e.Member)
			if float32(got[tag][e.Epoch]) != float32(v) {
				t.Errorf("%s of epoch %d is %v, want %v", tag, e.Epoch, got[tag][e.Epoch], v)
			}
			values++
		}
	}
	for _, steps := range got {
		values -= len(steps)
	}
	if values != 0 || len(lines) != 5*(4+4*3) {
		t.Errorf("%d values more than expected, for %d epochs", -values, len(lines))
	}
}

func parse(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

const tensorBoard = `
import json, sys
from tensorboard.backend.event_processing import event_accumulator
a = event_accumulator.EventAccumulator(sys.argv[1], size_guidance={event_accumulator.SCALARS: 0})
a.Reload()
print(json.dumps({tag: {e.step: e.value for e in a.Scalars(tag)} for tag in a.Tags()["scalars"]}))
`
