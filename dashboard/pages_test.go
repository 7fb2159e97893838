package dashboard

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/page"
)

func TestETag(t *testing.T) {
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	s := serve(t, Options{}, dir)
	for _, path := range []string{"/", "/run/results/document.json"} {
		zipped, _ := get(t, s, path)
		plain, body := get(t, s, path, "Accept-Encoding", "identity")
		etag := zipped.Header.Get("ETag")
		if etag == "" || plain.Header.Get("ETag") != etag || !zipped.Uncompressed || plain.Header.Get("Content-Encoding") != "" || body == "" {
			t.Errorf("%s: ETag %q and %q; %v", path, etag, plain.Header.Get("ETag"), plain.Header)
		}
		for given, want := range map[string]int{etag: http.StatusNotModified, `"x", ` + etag: http.StatusNotModified, `W/"x"`: http.StatusOK} {
			answer, again := get(t, s, path, "If-None-Match", given)
			if answer.StatusCode != want || (again == "") != (want == http.StatusNotModified) {
				t.Errorf("%s, %s: %s with %d bytes", path, given, answer.Status, len(again))
			}
		}
	}
	answer, before := get(t, s, "/run/results/document.json")
	etag := answer.Header.Get("ETag")
	write(t, filepath.Join(dir, "state.json"), status("finished"))
	await(t, "another document", func() bool {
		answer, body := get(t, s, "/run/results/document.json", "If-None-Match", etag)
		return answer.StatusCode == http.StatusOK && body != before
	})
}

// Who asks for the list, and follows no stream, is told how runs are, not how they were when somebody
// looked.
func TestRunsAreLookedAt(t *testing.T) {
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	s := serve(t, Options{}, dir)
	words := []string{"stopped", "finished", "running"}
	// How soon a run is read again depends on how long that took, which on a busy machine may be long:
	// then the next change has longer. One who is told what was before is told so each time.
	told := 0
	for i, pause := 0, 10*s.limits.every; told < len(words); i++ {
		word := words[i%len(words)]
		write(t, filepath.Join(dir, "state.json"), status(word))
		time.Sleep(pause)
		_, body := get(t, s, "/runs.json")
		if strings.Contains(body, word) {
			told++
			continue
		}
		if pause *= 4; pause > time.Second { // soon the list is looked at without being asked for
			t.Fatalf("it is %s, and the list says %s", word, body)
		}
	}
}

// Names from the disk are text everywhere: no name is markup, none breaks a URL or an event.
func TestNamesAreText(t *testing.T) {
	dir := t.TempDir()
	names := []string{
		"<script>alert(1)<", "a b", "100%", "%2e%2e", "a&b=c?d#e", "quote\"'`", "back\\slash", "line\nbreak", "data: x\n\nevent: runs", "日本", "..x", "\xff\xfe", "{name}", "\u2028", ".hidden",
	}
	for _, name := range names {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Skipf("this system has no such names: %v", err)
		}
		begin(t, filepath.Join(dir, name))
	}
	s := serve(t, Options{}, dir)
	if _, body := get(t, s, "/"); strings.Contains(body, "alert(1)") {
		t.Error("a name of a run is in the page")
	}
	r := open(t, s)
	e := r.until("all runs", func(e came) bool { return strings.Count(e.data, `"name"`) == len(names) })
	if strings.Contains(e.data, "<") {
		t.Error("the list has markup")
	}
	var runs []page.Summary
	if err := json.Unmarshal([]byte(e.data), &runs); err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, run := range runs {
		got[run.Name] = true
		answer, body := get(t, s, "/run/"+url.PathEscape(run.Name)+"/document.json")
		var d page.Document
		if err := json.Unmarshal([]byte(body), &d); err != nil || answer.StatusCode != http.StatusOK || d.Name != run.Name {
			t.Errorf("%q: %s, %v, name %q", run.Name, answer.Status, err, d.Name)
		}
	}
	for _, name := range names {
		if !got[strings.ToValidUTF8(name, "\uFFFD")] {
			t.Errorf("%q is not in the list", name)
		}
	}
}

// Two runs that are called alike are two, and keep their names.
func TestSameNames(t *testing.T) {
	dir := t.TempDir()
	a, b := begin(t, filepath.Join(dir, "a", "results")), begin(t, filepath.Join(dir, "b", "results"))
	write(t, filepath.Join(b, "state.json"), status("finished"))
	s := serve(t, Options{}, a, b, a, filepath.Join(dir, "a"))
	if n := len(s.board.list().runs); n != 2 {
		t.Fatalf("%d runs, want 2", n)
	}
	check := func() {
		t.Helper()
		for name, want := range map[string]string{"results": "running", "results (2)": "finished"} {
			if _, body := get(t, s, "/run/"+url.PathEscape(name)+"/document.json"); !strings.Contains(body, want) {
				t.Errorf("%s is not %s: %s", name, want, body)
			}
		}
	}
	check()
	open(t, s).until("both", says("finished"))
	check()
}

// A folder that links elsewhere is not followed, nor what is no run.
func TestWhatIsNoRun(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	begin(t, filepath.Join(dir, "run"))
	begin(t, filepath.Join(outside, "elsewhere"))
	write(t, filepath.Join(dir, "other", "notes.txt"), "")
	write(t, filepath.Join(dir, "file"), "")
	begin(t, filepath.Join(dir, "other", "deeper"))
	if err := os.Symlink(filepath.Join(outside, "elsewhere"), filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	s := serve(t, Options{}, dir)
	if runs := s.board.list().runs; len(runs) != 1 || runs[0].name != "run" {
		t.Errorf("the list is %s", s.board.list().text)
	}
}

// A list has an end, and says so.
func TestMostRuns(t *testing.T) {
	dir := testenv.MemoryDir(t)
	for i := range mostRuns + 7 {
		begin(t, filepath.Join(dir, fmt.Sprint(i)))
	}
	b, err := newBoard(quick(&toy{}), []string{dir})
	if err != nil {
		t.Fatal(err)
	}
	runs := b.list().runs
	if last := runs[len(runs)-1]; len(runs) != mostRuns+1 || last.name != "7 more" || !strings.Contains(string(last.text), "give a folder with fewer") {
		t.Errorf("%d runs, the last one %s", len(runs), last.text)
	}
}
