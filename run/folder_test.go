package run_test

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("got %v, want %q in it", err, part)
		}
	}
}

func TestOpenReadsWhatCreateWrote(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	f := create(t, dir)
	header := f.Header
	f.Close()
	// What the file has wins over what the program starts from: also its space.
	config := toyConfig{PBT: pbt.DefaultConfig()}
	f, err := run.Open(dir, program, &config, "")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if !reflect.DeepEqual(f.Header, header) || !reflect.DeepEqual(config.PBT, population().Config) {
		t.Errorf("got %+v and %+v", f.Header, config.PBT)
	}
}

func TestCreateRefusesAUsedFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	create(t, dir).Close()
	_, err := run.Create(dir, run.Header{}, toyConfig{})
	wantError(t, err, dir, "already holds a run: go on with")

	dir = t.TempDir()
	os.WriteFile(filepath.Join(dir, "thesis.tex"), nil, 0o600)
	_, err = run.Create(dir, run.Header{}, toyConfig{})
	wantError(t, err, "is not empty (it holds thesis.tex)")
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("the refused folder now holds %v", entries)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	f := create(t, dir)
	data := f.Header.Data.Path

	_, err := run.Open(dir, program, &toyConfig{}, "")
	wantError(t, err, "another process drives this run", fmt.Sprintf("process %d", os.Getpid()), "wait for it or stop it")
	f.Close()

	// What Open refuses, Join refuses, too.
	refuse := func(dir string, p run.Program, parts ...string) {
		t.Helper()
		_, err := run.Open(dir, p, &toyConfig{}, "")
		wantError(t, err, parts...)
		_, err = run.Join(dir, p, &toyConfig{})
		wantError(t, err, parts...)
	}
	refuse(dir, run.Program{Version: "test-2"}, "written by version test-1 and this is test-2")
	refuse(dir, run.Program{Version: version, Bits: "portable-arm64"}, "begun with other arithmetic", "(portable-arm64)")
	refuse(filepath.Dir(data), program, "holds no run: there is no run.yaml")

	os.WriteFile(data, []byte("other spikes"), 0o600)
	refuse(dir, program, data, "is not the file this run was started with")

	os.Remove(data)
	refuse(dir, program, data, "no such file")

	os.WriteFile(filepath.Join(dir, "run.yaml"), []byte("run: {version: test-1}\nconfig:\n  pbt: {member: 3}\n"), 0o600)
	refuse(dir, program, "run.yaml", `line 3: there is no setting "pbt.member"; did you mean "pbt.members"?`)
}

// A process joins a run that another drives, and leaves all of it as it is.
func TestJoin(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	f := create(t, dir)
	defer f.Close()
	was := read(t, dir, "run.yaml") + read(t, dir, "lock")
	if err := os.WriteFile(filepath.Join(dir, ".state.json1.tmp"), nil, 0o600); err != nil {
		t.Fatal(err) // the driver may be writing it
	}
	var config toyConfig
	joined, err := run.Join(dir, program, &config)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(joined.Header, f.Header) || config.PBT.Members != 5 {
		t.Errorf("joined %+v with %+v, want %+v", joined.Header, config, f.Header)
	}
	read(t, dir, ".state.json1.tmp")
	if now := read(t, dir, "run.yaml") + read(t, dir, "lock"); now != was {
		t.Errorf("joining changed the folder:\n%s", now)
	}
	if _, err := joined.Unit(0, 0); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a unit that nobody wrote: %v", err)
	}
}

// The lock of a killed process is free.
func TestLockOfAKilledProcess(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	create(t, dir).Close()
	child := childCommand("hold", dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	bufio.NewReader(out).ReadString('\n') // it holds the lock now
	_, err = run.Open(dir, program, &toyConfig{}, "")
	wantError(t, err, fmt.Sprintf("process %d", child.Process.Pid))
	child.Process.Kill()
	child.Wait()
	reopen(t, dir).Close()
}

// childCommand runs this test binary again as another process (see TestMain).
func childCommand(task, dir string) *exec.Cmd {
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "RUN_TEST_TASK="+task, "RUN_TEST_DIR="+dir)
	return c
}
