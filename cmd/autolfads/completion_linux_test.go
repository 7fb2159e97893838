package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/testenv"
)

// installed makes a folder in which the program is called as users call it, and a file whose name
// has a space, and returns it with the environment of a shell that knows nothing else.
func installed(t *testing.T) (dir string, env []string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.Symlink(binary, filepath.Join(dir, "autolfads")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "my recording.h5"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	return dir, []string{"PATH=" + dir + ":" + os.Getenv("PATH"), "HOME=" + dir, "XDG_CONFIG_HOME=" + dir, "XDG_DATA_HOME=" + dir, "TERM=dumb", "LC_ALL=C.UTF-8", "PS1=> "}
}

// shell returns the program of a shell; without one the test is skipped.
func shell(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		testenv.Missing(t, name+" is not installed")
	}
	return path
}

// typist is a shell at a terminal, and what it has shown.
type typist struct {
	t        *testing.T
	terminal *os.File

	mu    sync.Mutex
	shown bytes.Buffer
}

// sit starts a shell at a terminal of its own.
func sit(t *testing.T, dir string, env []string, program string, args ...string) *typist {
	t.Helper()
	master, slave := pseudoTerminal(t, 200, 40)
	c := exec.Command(program, args...)
	c.Stdin, c.Stdout, c.Stderr, c.Dir, c.Env = slave, slave, slave, dir, env
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	slave.Close()
	s := &typist{t: t, terminal: master}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for b := make([]byte, 4096); ; {
			n, err := master.Read(b) // ends with EIO when the shell does
			s.mu.Lock()
			s.shown.Write(b[:n])
			s.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		_ = c.Process.Kill() // it may have ended
		_ = c.Wait()
		<-done
		master.Close()
	})
	return s
}

// stepsBack is a letter that is written over by the next.
var stepsBack = regexp.MustCompile(".\x08")

// types types keys, and waits till the shell shows a text from then on.
func (s *typist) types(keys, shows string) {
	s.t.Helper()
	s.mu.Lock()
	s.shown.Reset()
	s.mu.Unlock()
	if _, err := s.terminal.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
	shown := ""
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		s.mu.Lock()
		shown = s.shown.String()
		s.mu.Unlock()
		if strings.Contains(stepsBack.ReplaceAllString(shown, ""), shows) {
			return
		}
	}
	s.t.Fatalf("behind %q it shows %q, want %q", keys, shown, shows)
}

// completions are keys with what a shell makes of them: a command, a flag, a value behind a blank and
// behind =, a setting, whose value is to be typed at once, and files.
var completions = []struct{ keys, shows string }{
	{"autolfads sta\tZ", "autolfads status Z"},
	{"autolfads synth lor\tZ", "autolfads synth lorenz Z"},
	{"autolfads run --epochs-b\tZ", "autolfads run --epochs-budget Z"},
	{"autolfads run x --search fi\tZ", "autolfads run x --search fixed Z"},
	{"autolfads run x --search=fi\tZ", "autolfads run x --search=fixed Z"},
	{"autolfads run x --set train.batch\tZ", "autolfads run x --set train.batch_size=Z"},
	{"autolfads info my\tZ", `autolfads info my\ recording.h5 Z`},
	{"autolfads infer run --out=my\tZ", `autolfads infer run --out=my\ recording.h5 Z`},
}

// clearLine is what a line that is being typed is thrown away with.
const clearLine = "\x15"

// TAB completes in the shells themselves, at a terminal.
func TestCompletionInBash(t *testing.T) {
	dir, env := installed(t)
	s := sit(t, dir, env, shell(t, "bash"), "--noprofile", "--norc", "-i")
	s.types("bind 'set bell-style none'; eval \"$(autolfads completion bash)\"; echo re''ady\n", "ready")
	for _, c := range completions {
		s.types(c.keys, c.shows)
		s.types(clearLine, "")
	}
}

func TestCompletionInZsh(t *testing.T) {
	dir, env := installed(t)
	s := sit(t, dir, env, shell(t, "zsh"), "-f", "-i")
	s.types("unsetopt beep; autoload -U compinit; compinit -u -D; eval \"$(autolfads completion zsh)\"; echo re''ady\n", "ready")
	for _, c := range completions {
		s.types(c.keys, c.shows)
		s.types(clearLine, "")
	}
}

func TestCompletionInFish(t *testing.T) {
	fish := shell(t, "fish")
	dir, env := installed(t)
	for _, c := range completions {
		typed, _, _ := strings.Cut(c.keys, "\t")
		words := strings.SplitAfter(c.shows, " ")
		want := strings.TrimRight(words[len(words)-2], " ") // behind it comes Z
		if strings.Contains(c.shows, "=Z") {
			want = strings.TrimSuffix(words[len(words)-1], "Z")
		}
		if strings.Contains(want, "recording.h5") {
			_, before, _ := strings.Cut(c.shows, "my")
			want = typed[strings.LastIndex(typed, " ")+1:] + strings.ReplaceAll(strings.TrimSuffix(before, " Z"), `\`, "")
		}
		judge := exec.Command(fish, "--no-config", "-c", fmt.Sprintf("autolfads completion fish | source; complete -C %q", typed))
		judge.Dir, judge.Env = dir, env
		out, err := judge.CombinedOutput()
		found := false
		for line := range strings.Lines(string(out)) {
			word, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			found = found || word == want
		}
		if err != nil || !found {
			t.Errorf("fish makes of %q: %v, want %q of\n%s", typed, err, want, out)
		}
	}
}
