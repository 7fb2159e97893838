package page_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/page"
)

// A run folder may hold anything in the place of what a run wrote: the page is made of what is
// left, and says what is not.
func TestDamagedFolders(t *testing.T) {
	c := population(3, 4, 2)
	f := begin(t, c, "results")
	stopIn(t, f, c, 2)
	dir := f.Dir
	write(t, dir, "scores.json", `{"in_words": ["It is well."], "scores": [{"name": "co-bps", "value": 0.1, "unit": "bits"}]}`)
	write(t, dir, "page/sample.json", `{"format": 1, "data": {"validation": 5}, "sample": null}`)
	if d := read(t, dir); len(d.Notes) != 1 || d.Data.Validation != 5 || len(d.Scores) != 0 {
		t.Fatalf("before it is damaged: %q, %+v, %d scores", d.Notes, d.Data, len(d.Scores))
	}
	const u = "generations/002/member-000/"
	for _, name := range []string{
		"scores.csv", "hyperparameters.csv", "exploits.csv", "metrics.jsonl", "state.json", "best/best.json", "timing.json", "lock", "scores.json",
		"page/sample.json", "run.yaml", u + "unit.json", u + "result.json", u + "attempts/001/metrics.jsonl",
	} {
		t.Run(name, func(t *testing.T) { damageOne(t, dir, name) })
	}
}

// damageOne does this and that to a file, each by itself, and puts it back.
func damageOne(t *testing.T, dir, name string) {
	path := filepath.Join(dir, filepath.FromSlash(name))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damages := [][]byte{nil, []byte("null"), []byte("[]"), []byte("{"), []byte("\x00\xff\xfe"), []byte(strings.Repeat("[", 1<<14)), []byte("generation,member\n-1,2\n"), []byte("generation,member,score\n99999999999999999999,0,1\n")}
	r := rand.New(rand.NewPCG(5, 6))
	for range 12 {
		damages = append(damages, mutant(r, whole))
	}
	for _, word := range []string{"NaN", "1e999", "-1", "99999999999999999999", `"<script>alert(1)</script>"`, "2147483647", "null", "1e308", ".inf"} {
		for range 2 {
			damages = append(damages, withNumber(r, whole, word))
		}
	}
	for _, text := range damages {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		bears(t, dir, fmt.Sprintf("%s is %.300q", name, text))
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if name != "run.yaml" { // without it there is no run
		bears(t, dir, name+" is gone")
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		bears(t, dir, name+" is a folder")
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
}

// mutant is a text cut short, or with some bytes changed, or with a part twice.
func mutant(r *rand.Rand, whole []byte) []byte {
	if len(whole) == 0 {
		return whole
	}
	text := bytes.Clone(whole)
	at := r.IntN(len(text))
	switch r.IntN(3) {
	case 0:
		return text[:at]
	case 1:
		for range 1 + r.IntN(5) {
			text[r.IntN(len(text))] = byte(r.IntN(256))
		}
		return text
	}
	return append(text[:at:at], whole[at/2:]...)
}

// withNumber puts a word in the place of a number.
func withNumber(r *rand.Rand, whole []byte, word string) []byte {
	digits := func(c byte) bool { return c >= '0' && c <= '9' || c == '.' }
	for range 100 {
		if len(whole) == 0 {
			break
		}
		from := r.IntN(len(whole))
		if !digits(whole[from]) {
			continue
		}
		to := from
		for from > 0 && digits(whole[from-1]) {
			from--
		}
		for to < len(whole) && digits(whole[to]) {
			to++
		}
		return bytes.Join([][]byte{whole[:from], []byte(word), whole[to:]}, nil)
	}
	return []byte(word)
}

// bears checks that a page can be made of a folder, whose data are JSON.
func bears(t *testing.T, dir, what string) {
	t.Helper()
	for _, read := range []func(string) (*page.Document, error){page.Read, page.ReadEnded} {
		d, err := read(dir)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if len(d.Verdict) == 0 {
			t.Errorf("%s: there is no verdict", what)
		}
		var html bytes.Buffer
		if err := page.Write(&html, d); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if strings.Contains(html.String(), "<script>alert") {
			t.Errorf("%s: text became a script", what)
		}
		if _, err := json.Marshal(d.Summary()); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A folder whose files go one after the other while it is read still has a page, till there is
// no run.
func TestVanishingFolder(t *testing.T) {
	dir := ran(t, population(3, 2, 2))
	var files []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && e.Name() != "run.yaml" {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	rand.New(rand.NewPCG(7, 8)).Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	for _, path := range files {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		bears(t, dir, "without "+path)
	}
	if d := read(t, dir); len(d.Course.Generations) != 0 || d.State.Status != "starting" {
		t.Errorf("of nothing but run.yaml: %+v", d.State)
	}
}

// A result that names metrics outside the run folder is not followed.
func TestMetricsOutside(t *testing.T) {
	c := population(2, 3, 2)
	f := begin(t, c, "results")
	stopIn(t, f, c, 1)
	outside := filepath.Join(filepath.Dir(f.Dir), "outside.jsonl")
	if err := os.WriteFile(outside, []byte(`{"generation":1,"member":1,"epoch":6,"score":12345,"seconds":0}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	write(t, f.Dir, "generations/001/member-001/result.json", `{"generation": 1, "member": 1, "score": 1, "epoch": 5, "epochs": 2, "checkpoint": "x", "metrics": "../outside.jsonl"}`)
	d := read(t, f.Dir)
	if m := d.Course.Generations[1].Members[1]; len(m.X) != 0 || !strings.Contains(strings.Join(d.Notes, " "), "outside the run folder") {
		t.Errorf("%+v; %q", m, d.Notes)
	}
}

// Of a run.yaml whose settings this program does not know, what can be read is shown.
func TestOtherVersion(t *testing.T) {
	dir := ran(t, population(2, 2, 2))
	text, err := os.ReadFile(filepath.Join(dir, "run.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "run.yaml", strings.Replace(string(text), "config:\n", "config:\n  of_the_future: 3\n", 1))
	d := read(t, dir)
	if len(d.Notes) != 1 || !strings.Contains(d.Notes[0], "of_the_future") || strings.Contains(d.Notes[0], dir) {
		t.Errorf("notes are %q", d.Notes)
	}
	if d.Version != "toy-1" || d.Seed != 7 || d.Search != "pbt" || d.Data.Name != "data.h5" || len(d.Course.Generations) != 2 || d.Settings != nil {
		t.Errorf("%+v", d)
	}
}

// No place is in a document, whichever file is wrong, and however the folder was given: files in it
// are called as from there, itself RUN. Names that are like its own stay.
func TestNoPlaces(t *testing.T) {
	dir := ran(t, population(3, 3, 2))
	parent := filepath.Dir(dir)
	t.Chdir(parent)
	reason := fmt.Sprintf("checkpoint %s/best/x was cut short: remove %s/best/x and go on with `autolfads resume %s`; not %s-2/x, other%s, %s.old or data/results/y", dir, dir, dir, dir, dir, dir)
	text, err := json.Marshal(map[string]any{"status": "stopped", "generation": 3, "reason": reason})
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "state.json", string(text))
	write(t, dir, "generations/002/member-000/result.json", "{")
	write(t, dir, "best/best.json", "{")
	for _, given := range []string{dir, "results", "./results/", "../" + filepath.Base(parent) + "/results"} {
		d := read(t, given)
		if want := fmt.Sprintf("checkpoint best/x was cut short: remove best/x and go on with `autolfads resume RUN`; not %s-2/x, other%s, %s.old or data/results/y", dir, dir, dir); d.State.Reason != want {
			t.Errorf("%s: the reason is\n%s\nwant\n%s", given, d.State.Reason, want)
		}
		notes := strings.Join(d.Notes, "\n")
		if strings.Contains(notes, filepath.Base(parent)) || !strings.Contains(notes, "`autolfads resume RUN`") || !strings.Contains(notes, "generations/002/member-000/result.json: ") || d.Name != "results" {
			t.Errorf("%s, called %s: notes are\n%s", given, d.Name, notes)
		}
	}
	t.Chdir(dir)
	if d := read(t, "."); strings.Contains(strings.Join(d.Notes, "\n"), dir) || d.Name != "results" {
		t.Errorf("in the folder itself, called %s: notes are %q", d.Name, d.Notes)
	}
}

// A unit or a model that cannot be read takes nothing from where the run stands.
func TestStandingWithDamage(t *testing.T) {
	dir := ran(t, population(3, 3, 2))
	for _, name := range []string{"generations/002/member-000/result.json", "generations/002/member-001/unit.json", "best/best.json"} {
		whole, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		write(t, dir, name, "{")
		for _, status := range []string{"finished", "stopped", "failed"} {
			write(t, dir, "state.json", fmt.Sprintf(`{"generation": 3, "status": %q, "reason": "so it is"}`, status))
			if d := read(t, dir); d.State.Status != status || d.State.Reason != "so it is" || len(d.Notes) != 1 || !strings.Contains(d.Notes[0], name) {
				t.Errorf("%s is damaged in a run that is %s: %+v, notes %q", name, status, d.State, d.Notes)
			}
		}
		write(t, dir, name, string(whole))
	}
}
