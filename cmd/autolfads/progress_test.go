package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/run"
)

// Lines of progress call a finish so, also where they are of one member, and other
// generations by their number.
func TestLinesOfAFinish(t *testing.T) {
	for _, c := range []struct {
		finish bool
		called string
	}{{true, "finish"}, {false, "generation 4"}} {
		var out bytes.Buffer
		p := &progress{out: &out, began: time.Now()}
		p.event(run.Event{Progress: run.Progress{Generation: 4, Member: 2, Epoch: 7, Score: .5, Finish: c.finish}})
		p.event(run.Event{
			Kind: run.GenerationDone, Progress: run.Progress{Generation: 4, Finish: c.finish},
			Diverged: []run.Divergence{{Member: 1}},
		})
		for _, line := range []string{", member 2, epoch 7: score", ", member 1 diverged: ", " done: best score"} {
			if !strings.Contains("\n"+out.String(), "\n"+c.called+line) {
				t.Errorf("no line begins with %q:\n%s", c.called+line, out.String())
			}
		}
	}
}

// Lines of `run --json` say which units and which generation are a finish, and say nothing
// of it elsewhere.
func TestFinishInJSON(t *testing.T) {
	dir := testenv.MemoryDir(t)
	args := bareRun(bareData(t, dir), filepath.Join(dir, "out"), set("pbt.max_generations=2", "pbt.finish_epochs=1")...)
	said := map[string]int{}
	for line := range strings.Lines(succeed(t, append(args, "--json")...)) {
		var e struct {
			Event      string
			Generation int
			Finish     *bool
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if e.Finish != nil {
			said[fmt.Sprintf("%s of generation %d: %v", e.Event, e.Generation, *e.Finish)]++
		}
	}
	if said["epoch of generation 2: true"] == 0 || said["generation of generation 2: true"] != 1 || len(said) != 2 {
		t.Errorf("said of a finish: %v", said)
	}
}
