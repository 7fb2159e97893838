package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/testenv"
)

// Killed at any change of the file system that a run makes, in the middle of a
// write too, and at some a second time soon after it went on, it ends with the same
// bits. With all changes no instant is left out: between two of them nothing is on disk that was
// not there before.
func TestKilledAtEveryChange(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, first := bareData(t, dir), filepath.Join(dir, "first")
	changes := countChanges(t, ";often", bareRun(data, first, longUnits...)...)
	want := promised(t, first)
	if exploits := want["exploits.csv"]; bytes.Count(exploits, []byte("\n")) < 2 {
		t.Fatalf("no member copied another:\n%s", exploits)
	}
	t.Logf("%d changes", changes)
	for _, half := range []int{0, 1} {
		t.Run(fmt.Sprint(half), func(t *testing.T) {
			t.Parallel()
			for i, k := range kills(changes) {
				if i%2 == half {
					killedAt(t, filepath.Join(dir, fmt.Sprint(k)), data, k, want)
				}
			}
		})
	}
}

// kills are the changes at which a run is killed: all of them, where nothing may be left out;
// elsewhere every fifth, for a test of all of a package's has ten minutes, on a slow machine too.
func kills(changes int) (at []int) {
	every := 5
	if testenv.Required() {
		every = 1
	}
	for k := 1; k <= changes; k += every {
		at = append(at, k)
	}
	return at
}

// killedAt kills a run at its change k and again at an early change of the next
// attempt, and compares the end.
func killedAt(t *testing.T, out, data string, k int, want map[string][]byte) {
	instants := rand.New(rand.NewPCG(3, uint64(k)))
	begin := bareRun(data, out, longUnits...)
	if r := execute(t, broken(fmt.Sprintf("kill %d;often", k), begin...)); r.code != -1 {
		t.Fatalf("kill at change %d: exit code %d\n%s", k, r.code, r.stderr)
	}
	if k%4 == 0 {
		// It may be done before.
		execute(t, broken(fmt.Sprintf("kill %d;often", 1+instants.IntN(40)), goOn(out, begin)...))
	}
	carryOn(t, goOn(out, begin)...)
	sameFiles(t, fmt.Sprintf("killed at change %d", k), promised(t, out), want)
	noneLeft(t, out)
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
}

// soakVariable asks for more kills than the 50 of every test: see make soak.
const soakVariable = "AUTOLFADS_SOAK_KILLS"

// The program itself, killed with -9 at 50 random instants, whatever it is
// doing then, ends with the same bits.
func TestKilledAtRandom(t *testing.T) {
	kills := 50
	if text := os.Getenv(soakVariable); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatalf("%s=%s: want a number", soakVariable, text)
		}
		kills = n
	}
	dir := testenv.MemoryDir(t)
	data, first := tinyData(t, dir), filepath.Join(dir, "first")
	began := time.Now()
	long := set("pbt.max_generations=8", "pbt.stop_ratio=0", "pbt.stop_errors=1e-9", "pbt.final_draws=3", "pbt.stop_generations=8",
		"pbt.finish_epochs=2", "train.average_half_life=5")
	succeed(t, tinyRun(t, dir, data, first, long...)...)
	s := striker{instants: rand.New(rand.NewPCG(1, 2)), length: time.Since(began), fell: map[string]int{}}
	want := promised(t, first)
	for n := 0; s.struck < kills; n++ {
		out := filepath.Join(dir, fmt.Sprint("run ", n))
		s.carry(t, out, tinyRun(t, dir, data, out, long...))
		sameFiles(t, fmt.Sprintf("killed %d times", s.struck), promised(t, out), want)
		noneLeft(t, out)
		if err := os.RemoveAll(out); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills of a run of %v; kills by results there were: %v", s.struck, s.length, s.fell)
}

// striker kills runs.
type striker struct {
	instants *rand.Rand
	length   time.Duration // of a run that nobody kills
	struck   int
	fell     map[string]int // kills, by how far the run was
}

// carry brings a run to its end, killing it on the way. The time that it is
// given is short at first, so that many kills fall on its beginning, and grows;
// faster when nothing but the rates is left, which must come in one piece.
func (s *striker) carry(t *testing.T, out string, begin []string) {
	for most := float64(s.length) / 12; ; most *= 1.05 {
		c := command(begin...)
		if _, err := os.Stat(filepath.Join(out, "run.yaml")); err == nil {
			c = command("resume", out)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		strike := time.AfterFunc(time.Duration(s.instants.Float64()*most), func() {
			// It may have ended just now.
			_ = c.Process.Kill()
		})
		err := c.Wait()
		strike.Stop()
		if err == nil {
			return
		}
		if c.ProcessState.Exited() {
			t.Fatalf("%v after %d kills", err, s.struck)
		}
		s.struck++
		at := howFar(t, out)
		s.fell[at]++
		if at == "outputs" {
			most *= 1.5
		}
	}
}

// howFar says how many units of a run have a result, or that its rates are out.
func howFar(t *testing.T, out string) string {
	t.Helper()
	results, err := filepath.Glob(filepath.Join(out, "generations", "*", "*", "result.json"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(out, "outputs")); err == nil {
		return "outputs"
	}
	return fmt.Sprintf("%02d", len(results))
}
