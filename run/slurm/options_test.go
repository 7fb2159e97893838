package slurm

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// What --slurm takes, and what sbatch is then asked for.
func TestSet(t *testing.T) {
	for _, c := range []struct {
		words []string
		args  string
		want  Site
	}{
		{[]string{"partition=short,time=2:00:00", "mem=2G"}, "--partition=short --time=2:00:00 --mem=2G", Site{}},
		{[]string{"partition=a,b,exclude=n[1,3-5]"}, "--partition=a,b --exclude=n[1,3-5]", Site{}},
		{[]string{"time=1:00,time=2:00", "time=3:00"}, "--time=3:00", Site{}},
		{[]string{"exclusive", "--gres=gpu:1"}, "--exclusive --gres=gpu:1", Site{}},
		{[]string{"partition=a,b,exclusive,contiguous"}, "--partition=a,b --exclusive --contiguous", Site{}},
		{[]string{"mem=2G,time=1", "mem-per-cpu=1G"}, "--mem-per-cpu=1G --time=1", Site{}},
		{[]string{"mode=steps,members=3,at-once=4,ask=20s,lost=2m"}, "", Site{Mode: Steps, Members: 3, AtOnce: 4, Ask: 20 * time.Second, Lost: 2 * time.Minute}},
	} {
		var s Site
		if err := s.Set(c.words...); err != nil {
			t.Errorf("%q: %v", c.words, err)
		}
		if got := strings.Join(s.asks(), " "); got != c.args {
			t.Errorf("%q asks for %s, want %s", c.words, got, c.args)
		}
		s.Options = nil
		if !reflect.DeepEqual(s, c.want) {
			t.Errorf("%q is %+v, want %+v", c.words, s, c.want)
		}
	}
}

func TestSetRefuses(t *testing.T) {
	for word, want := range map[string]string{
		"":                 "must be KEY=VALUE",
		"=short":           "must be KEY=VALUE",
		"Partition=short":  "must be KEY=VALUE",
		"time=1\n#SBATCH":  "must be KEY=VALUE",
		"-p=short":         "must be KEY=VALUE",
		"array=0-3":        "numbers its tasks itself",
		"cpus-per-task=2":  "give --threads",
		"begin=now+1hour":  "each generation would wait",
		"partition=a,wait": "waits for results, not for jobs",
		"output=/dev/null": "read in the run folder",
		"mode=both":        "there are array",
		"members=0":        "from 1 to",
		"at-once=many":     "from 1 to",
		"ask=1ms":          "from 1s to",
		"lost=never":       "from 1s to",
	} {
		if err := new(Site).Set(word); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", word, err, want)
		}
	}
}

// Memory is asked for if it is known and nothing is said of it.
func TestMemoryIsAskedFor(t *testing.T) {
	for word, want := range map[string]string{"time=1": "--time=1 --mem=1025M", "mem-per-cpu=1G": "--mem-per-cpu=1G", "exclusive": "--exclusive"} {
		s := Site{}.Sized(1<<30 + 1).(Site)
		if err := s.Set(word); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(s.asks(), " "); got != want {
			t.Errorf("with %s it asks for %s, want %s", word, got, want)
		}
	}
}

// A run goes on as it was begun.
func TestKept(t *testing.T) {
	dir := t.TempDir()
	if s, err := Read(dir); s != nil || err != nil {
		t.Errorf("of a run that was nowhere: %+v, %v", s, err)
	}
	var s Site
	if err := s.Set("partition=a,b", "mode=steps,lost=5s,at-once=2", "exclusive"); err != nil {
		t.Fatal(err)
	}
	s.Threads = 3
	whole := s.complete()
	if same, err := whole.keep(dir); same || err != nil {
		t.Fatal(err)
	}
	got, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if s.Members = 1; !reflect.DeepEqual(*got, s) {
		t.Errorf("read %+v, want %+v", *got, s)
	}
	for _, text := range []string{"", "{", `{"mode": "steps"}`, `{"mode": "x", "threads": 1, "members": 1}`, `{"mode": "array", "threads": 1, "members": 1, "options": ["wrap=rm"]}`} {
		if err := os.WriteFile(filepath.Join(dir, folder, siteName), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if s, err := Read(dir); err == nil || !strings.Contains(err.Error(), "say --executor slurm again") {
			t.Errorf("%q is read as %+v (%v)", text, s, err)
		}
	}
}

// A site without SLURM says so before anything begins.
func TestCheck(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("SLURM_JOB_ID", "")
	if err := (Site{}).Check(); err == nil || !strings.Contains(err.Error(), "no sbatch here") {
		t.Error(err)
	}
	if err := (Site{Mode: Steps}).Check(); err == nil || !strings.Contains(err.Error(), "part of none") {
		t.Error(err)
	}
	t.Setenv("SLURM_JOB_ID", "7")
	if err := (Site{Mode: Steps}).Check(); err == nil || !strings.Contains(err.Error(), "no srun here") {
		t.Error(err)
	}
}
