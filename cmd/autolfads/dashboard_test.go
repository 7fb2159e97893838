package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/page"
)

var pageLine = regexp.MustCompile(`page: (http://127\.0\.0\.1:\d+/)`)

// begun starts a command that prints where its page is to out, and returns that.
func begun(t *testing.T, c *exec.Cmd, out io.Reader) (url string, rest *bufio.Scanner) {
	t.Helper()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() }) // if it has not ended
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if found := pageLine.FindStringSubmatch(lines.Text()); found != nil {
			return found[1], lines
		}
	}
	t.Fatal("it ended without a page")
	return "", nil
}

// fetch returns the JSON at an address of a page; ok says whether there is any.
func fetch(t *testing.T, address string, into any) (ok bool) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return false
	}
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
	return true
}

// A run that is under way is on the page that it serves itself.
func TestRunWithDashboard(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	c := broken("hang 1 2", bareRun(data, out, "--dashboard")...)
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	url, lines := begun(t, c, stderr)
	for !strings.Contains(lines.Text(), hanging) {
		if !lines.Scan() {
			t.Fatal("it does not come to the second generation")
		}
	}
	var d page.Document
	for began := time.Now(); !fetch(t, url+"run/out/document.json", &d) || len(d.Course.Generations) < 2; time.Sleep(50 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatalf("the page does not come to the second generation: %+v", d.State)
		}
	}
	if d.State.Status != "running" || d.Name != "out" || d.Chosen == nil || len(d.Course.Generations[0].Members) != 3 {
		t.Errorf("it shows %+v, %+v", d.State, d.Course)
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // it was killed
	if _, err := http.Get(url); err == nil {
		t.Error("the page outlives the run")
	}
}

// The page costs a run no bit, and says where to look when it ends.
func TestDashboardChangesNothing(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, plain, out := bareData(t, dir), filepath.Join(dir, "plain"), filepath.Join(dir, "out")
	succeed(t, bareRun(data, plain)...)
	r := execute(t, command(bareRun(data, out, "--dashboard")...))
	if r.code != 0 || !pageLine.MatchString(r.stderr) || !strings.Contains(r.stderr, "autolfads dashboard "+out+", or open "+filepath.Join(out, "report.html")) {
		t.Errorf("exit code %d\n%s", r.code, r.stderr)
	}
	sameFiles(t, "with a page", promised(t, out), promised(t, plain))
}

// A run that does not begin has no page: none is printed, nor the way to one that is not there, or is another run's.
func TestNoPageOfARunThatDoesNotBegin(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	succeed(t, bareRun(data, out)...)
	for name, args := range map[string][]string{
		"without data": bareRun(filepath.Join(dir, "nowhere.h5"), filepath.Join(dir, "other")), "of a folder that is used": bareRun(data, out),
		"that is none": {"resume", filepath.Join(dir, "nowhere")},
	} {
		if r := execute(t, command(append(args, "--dashboard")...)); r.code != exitError || strings.Contains(r.stderr, "page") {
			t.Errorf("a run %s: exit code %d\n%s", name, r.code, r.stderr)
		}
	}
}

// Where others work, the page of a run asks for a token as that of the command does.
func TestDashboardToken(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	c := broken("hang 1 2", bareRun(data, out, "--dashboard-token")...)
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	url, lines := begun(t, c, stderr)
	if !strings.Contains(lines.Text(), "?token=") {
		t.Errorf("it prints %q", lines.Text())
	}
	answer, err := http.Get(url + "runs.json")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("without the token: %s", answer.Status)
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // it was killed
}

// The command shows a run that has ended, says how to look from elsewhere, and ends at Ctrl-C.
func TestDashboardCommand(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	succeed(t, bareRun(data, out)...)
	c := command("dashboard", dir, "--listen", "0")
	c.Env = append(os.Environ(), "SSH_CONNECTION=192.0.2.1 50000 192.0.2.7 22", "USER=ada")
	stdout, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	url, lines := begun(t, c, stdout)
	var d page.Document
	if !fetch(t, url+"run/out/document.json", &d) || d.State.Status != "finished" || len(d.Scores) == 0 {
		t.Errorf("a run that has ended is shown as %+v", d)
	}
	var runs []page.Summary
	for began := time.Now(); !fetch(t, url+"runs.json", &runs) || len(runs) != 1 || runs[0].Score == nil; time.Sleep(50 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatalf("the list of runs is %+v", runs)
		}
	}
	if lines.Scan(); !strings.Contains(lines.Text(), "ada@192.0.2.7") {
		t.Errorf("it does not say how to look from elsewhere: %q", lines.Text())
	}
	if runtime.GOOS == "windows" {
		return // no signals
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() { // to the end
	}
	if err := c.Wait(); err != nil {
		t.Errorf("Ctrl-C ends it with %v", err)
	}
}

func TestDashboardRefuses(t *testing.T) {
	dir := t.TempDir()
	refuse(t, []string{"nowhere"}, "dashboard", filepath.Join(dir, "nowhere"))
	refuse(t, []string{"HOST:PORT"}, "dashboard", dir, "--listen", "here")
	refuse(t, []string{"HOST:PORT"}, "dashboard", dir, "--listen", "127.0.0.1:70000")
	refuse(t, []string{"run"}, "dashboard")
}
