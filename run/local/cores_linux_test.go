package local

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// TestMain lets the test below run this binary as a process with fewer cores.
func TestMain(m *testing.M) {
	if os.Getenv("LOCAL_TEST_SHARE") != "" {
		fmt.Println(Cores{}.Share(20))
		return
	}
	os.Exit(m.Run())
}

// A process that may use one core, as a container's or SLURM's cpuset has it,
// has one worker, however many cores the machine has.
func TestCoresThatTheProcessMayUse(t *testing.T) {
	if os.Getenv("GOMAXPROCS") != "" {
		t.Skip("GOMAXPROCS is set, and so decides")
	}
	runtime.LockOSThread() // never unlocked: the thread ends with the test
	var all, one unix.CPUSet
	if err := unix.SchedGetaffinity(0, &all); err != nil {
		t.Fatal(err)
	}
	for core := 0; one.Count() == 0; core++ {
		if all.IsSet(core) {
			one.Set(core)
		}
	}
	if all.Count() < 2 {
		t.Skip("there is one core only")
	}
	for _, c := range []struct {
		set  *unix.CPUSet
		want string
	}{
		{&one, "1 1\n"},
		{&all, fmt.Sprintln(min(20, runtime.GOMAXPROCS(0)), max(1, runtime.GOMAXPROCS(0)/20))},
	} {
		if err := unix.SchedSetaffinity(0, c.set); err != nil {
			t.Fatal(err)
		}
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), "LOCAL_TEST_SHARE=1")
		if out, err := child.CombinedOutput(); err != nil || string(out) != c.want {
			t.Errorf("with %d cores: %q workers and threads, want %q (%v)", c.set.Count(), out, c.want, err)
		}
	}
}
