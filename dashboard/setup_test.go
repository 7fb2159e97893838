package dashboard

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/autolfads/autolfads/page"
)

// longest is how long a test waits for what comes in a moment, on a machine that has other things
// to do.
const longest = 30 * time.Second

// toy reads folders that hold a run.yaml and a state.json: its documents have a status alone.
// A state.json with the word "panic" is one over which reading panics.
type toy struct {
	reads atomic.Int64 // so far
}

type toySource struct {
	toy *toy
	dir string
}

func (t *toy) open(dir string) source { return toySource{t, dir} }

func (s toySource) Read() (*page.Document, error) {
	s.toy.reads.Add(1)
	text, err := os.ReadFile(filepath.Join(s.dir, "state.json"))
	if err != nil {
		return nil, err
	}
	if strings.Contains(string(text), "panic") {
		panic("out of range")
	}
	d := &page.Document{Format: page.Format, Name: filepath.Base(s.dir), State: page.State{Status: "unknown"}}
	return d, json.Unmarshal(text, &d.State)
}

// quick are limits of tests: all comes soon.
func quick(t *toy) *limits {
	l := usual
	l.open, l.every, l.again = t.open, time.Millisecond, time.Hour
	return &l
}

// write makes a file, whole, and the folders that it lies in.
func write(t *testing.T, path, text string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = os.WriteFile(path+".tmp", []byte(text), 0o644)
	}
	if err == nil {
		err = os.Rename(path+".tmp", path)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func status(word string) string { return fmt.Sprintf("{\"status\": %q}", word) }

// begin makes a run folder.
func begin(t *testing.T, dir string) string {
	t.Helper()
	write(t, filepath.Join(dir, "state.json"), status("running"))
	write(t, filepath.Join(dir, "run.yaml"), "run: {}\n")
	return dir
}

// serve serves folders until the test ends.
func serve(t *testing.T, o Options, folders ...string) *Server {
	t.Helper()
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	if o.limits == nil {
		o.limits = quick(&toy{})
	}
	s, err := Listen(o, folders...)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- s.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("serving ended with %v", err)
		}
	})
	return s
}

// get asks for a path, and returns the answer with its body.
func get(t *testing.T, s *Server, path string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, strings.TrimSuffix(s.address.url(""), "/")+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(r) // follows nothing and keeps no cookies
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

// reader is an open page.
type reader struct {
	t     *testing.T
	lines *bufio.Scanner
	leave context.CancelFunc
}

// came is an event that came.
type came struct{ kind, id, data string }

// open opens the stream of events.
func open(t *testing.T, s *Server, header ...string) *reader {
	t.Helper()
	ctx, leave := context.WithTimeout(t.Context(), longest)
	t.Cleanup(leave)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address.url("")+"events", nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	if kind := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || kind != "text/event-stream" {
		t.Fatalf("%s, %s", answer.Status, kind)
	}
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	return &reader{t, lines, leave}
}

// next returns the next event; ok is false when the stream has ended.
func (r *reader) next() (e came, ok bool) {
	for r.lines.Scan() {
		switch name, text, _ := strings.Cut(r.lines.Text(), ": "); {
		case name == "event":
			e.kind = text
		case name == "id":
			e.id = text
		case name == "data":
			e.data = text
		case name == "" && text == "" && e.kind != "":
			return e, true
		}
	}
	return e, false
}

// until reads events to one of which ok says that it is the one, and returns that.
func (r *reader) until(what string, ok func(came) bool) came {
	r.t.Helper()
	for {
		e, more := r.next()
		if !more {
			r.t.Fatalf("the stream ended before %s: %v", what, r.lines.Err())
		}
		if ok(e) {
			return e
		}
	}
}

// says returns whether an event has a text.
func says(text string) func(came) bool {
	return func(e came) bool { return strings.Contains(e.data, text) }
}

// await waits until something is so.
func await(t *testing.T, what string, so func() bool) {
	t.Helper()
	for began := time.Now(); !so(); time.Sleep(time.Millisecond) {
		if time.Since(began) > longest {
			t.Fatalf("after %v there is not yet: %s", longest, what)
		}
	}
}
