package run_test

import (
	"bufio"
	"fmt"
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
	f, err := run.Open(dir, version, &config, "")
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

	_, err := run.Open(dir, version, &toyConfig{}, "")
	wantError(t, err, "another process drives this run", fmt.Sprintf("process %d", os.Getpid()), "wait for it or stop it")
	f.Close()

	_, err = run.Open(dir, "test-2", &toyConfig{}, "")
	wantError(t, err, "written by version test-1 and this is test-2")

	_, err = run.Open(filepath.Dir(data), version, &toyConfig{}, "")
	wantError(t, err, "holds no run: there is no run.yaml")

	os.WriteFile(data, []byte("other spikes"), 0o600)
	_, err = run.Open(dir, version, &toyConfig{}, "")
	wantError(t, err, data, "is not the file this run was started with")

	os.Remove(data)
	_, err = run.Open(dir, version, &toyConfig{}, "")
	wantError(t, err, data, "no such file")

	os.WriteFile(filepath.Join(dir, "run.yaml"), []byte("run: {version: test-1}\nconfig:\n  pbt: {member: 3}\n"), 0o600)
	_, err = run.Open(dir, version, &toyConfig{}, "")
	wantError(t, err, "run.yaml", `line 3: there is no setting "pbt.member"; did you mean "pbt.members"?`)
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
	_, err = run.Open(dir, version, &toyConfig{}, "")
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
