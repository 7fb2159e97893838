package ingesttest

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
)

// Case is a source and how its files are made.
type Case struct {
	Source string // its registered name
	// Write stores r in dir and returns the path to open: a file, or a folder.
	Write func(t testing.TB, dir string, r *dataset.Recording) (path string)
	// Holds takes out of the sample what the format cannot hold; nil: it holds
	// all.
	Holds func(r *dataset.Recording)
	// Files are the names of what is damaged, relative to the path; nil: the path
	// itself.
	Files []string
}

// Run tests a source.
func Run(t *testing.T, c Case) {
	want := Sample()
	if c.Holds != nil {
		c.Holds(want)
	}
	dir := filepath.Join(t.TempDir(), "a lab's µ folder")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	s := &suite{c, want, c.Write(t, dir, want)}
	t.Run("recognised", s.recognised)
	t.Run("the same recording", s.same)
	t.Run("several readers", s.several)
	t.Run("damaged", s.damaged)
	t.Run("not there", s.absent)
}

type suite struct {
	Case
	want *dataset.Recording
	path string
}

func (s *suite) recognised(t *testing.T) {
	if name, _, _, err := ingest.Find(s.path); err != nil || name != s.Source {
		t.Errorf("recognised as %q (%v), want %q", name, err, s.Source)
	}
	member, err := ingest.Get(s.Source)
	if err != nil || member.Title() == "" {
		t.Fatalf("no title: %v", err)
	}
	other := filepath.Join(t.TempDir(), "other")
	for _, text := range []string{"", "hello\n", "\x00\x00\x00\x00", "PK\x03\x04", "\x89HDF\r\n\x1a\n"} {
		if err := os.WriteFile(other, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if c, err := ingest.Look(other); err != nil || member.Recognise(c) {
			t.Errorf("takes a file of %q for its own (%v)", text, err)
		}
	}
	if c, err := ingest.Look(t.TempDir()); err != nil || member.Recognise(c) {
		t.Errorf("takes an empty folder for its own (%v)", err)
	}
}

func (s *suite) same(t *testing.T) {
	r, err := ingest.Open(s.path, ingest.Options{SampleRate: SampleRate})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if d := Same(r, s.want); d != "" {
		t.Error(d)
	}
	if r.Name == "" || r.Format != s.Source {
		t.Errorf("called %q, of format %q", r.Name, r.Format)
	}
	if _, err := ingest.Take(r, nil); err != nil {
		t.Error(err)
	}
}

func (s *suite) several(t *testing.T) {
	r, err := ingest.Open(s.path, ingest.Options{SampleRate: SampleRate})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if d := Same(r, s.want); d != "" {
				t.Error(d)
			}
		})
	}
	wait.Wait()
}

// damaged cuts and changes the file at many places. Whatever comes of it, it is
// a recording or an error of one line that names the file.
func (s *suite) damaged(t *testing.T) {
	files := s.Files
	if files == nil {
		files = []string{""}
	}
	for _, name := range files {
		path := filepath.Join(s.path, name)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		const cuts = 60
		for i := range cuts {
			at := len(whole) * i / cuts
			s.try(t, path, whole[:at])
			changed := append([]byte{}, whole...)
			if at < len(changed) {
				changed[at] ^= byte(1 + 37*i)
			}
			s.try(t, path, changed)
		}
		if err := os.WriteFile(path, whole, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// try opens the recording with other bytes in one of its files.
func (s *suite) try(t *testing.T, path string, b []byte) {
	if err := os.WriteFile(path, b, 0o666); err != nil {
		t.Fatal(err)
	}
	r, err := ingest.Open(s.path, ingest.Options{SampleRate: SampleRate})
	if err == nil {
		_, err = ingest.Take(r, nil)
		r.Close()
	}
	if err == nil {
		return
	}
	text := err.Error()
	if strings.Contains(text, "\n") || len(text) > 1000 || !strings.Contains(text, filepath.Base(s.path)) {
		t.Errorf("after %d bytes: not one line that names the file: %q", len(b), text)
	}
}

func (s *suite) absent(t *testing.T) {
	r, err := ingest.Open(s.path+" that is not there", ingest.Options{})
	if err == nil {
		r.Close()
		t.Error("opened")
	}
}
