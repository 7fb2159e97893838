package dashboard

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/page"
)

// A page is told of all runs, then of each change, of runs that come and of runs that go; without
// asking again.
func TestEvents(t *testing.T) {
	dir := t.TempDir()
	first := begin(t, filepath.Join(dir, "first"))
	s := serve(t, Options{}, dir)
	r := open(t, s)
	r.until("the first run", says(`"status":"running"`))
	begin(t, filepath.Join(dir, "second"))
	if e := r.until("the second run", says(`"name":"second"`)); e.kind != "runs" || !strings.Contains(e.data, `"name":"first"`) {
		t.Errorf("a run that comes is told as %+v", e)
	}
	write(t, filepath.Join(first, "state.json"), status("finished"))
	e := r.until("the end of the first", says("finished"))
	var summary page.Summary
	if err := json.Unmarshal([]byte(e.data), &summary); e.kind != "run" || err != nil || summary.Name != "first" || summary.State.Status != "finished" {
		t.Errorf("a change is told as %+v (%v)", e, err)
	}
	if err := os.RemoveAll(first); err != nil {
		t.Fatal(err)
	}
	e = r.until("that the first is gone", says("cannot be read any more"))
	if !strings.Contains(e.data, `"status":"finished"`) {
		t.Errorf("of a run that is gone nothing is left: %+v", e)
	}
	begin(t, first)
	r.until("that it is back", func(e came) bool {
		return strings.Contains(e.data, `"name":"first"`) && strings.Contains(e.data, `"fault":""`) && strings.Contains(e.data, "running")
	})
}

// A version grows with each change, and a document of that version is another one.
func TestVersionsGrow(t *testing.T) {
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	s := serve(t, Options{}, dir)
	r := open(t, s)
	version, etag := 0, ""
	for i := range 5 {
		write(t, filepath.Join(dir, "state.json"), fmt.Sprintf(`{"status": "running", "generation": %d}`, i))
		e := r.until("the change", says(fmt.Sprintf(`"generation":%d,`, i)))
		var summary page.Summary
		if err := json.Unmarshal([]byte(strings.Trim(e.data, "[]")), &summary); err != nil {
			t.Fatal(err)
		}
		answer, body := get(t, s, "/run/results/document.json")
		if summary.Change <= version || answer.Header.Get("ETag") == etag || !strings.Contains(body, fmt.Sprintf(`"generation":%d,`, i)) {
			t.Errorf("change %d: version %d after %d, ETag %s after %s, %s", i, summary.Change, version, answer.Header.Get("ETag"), etag, body)
		}
		version, etag = summary.Change, answer.Header.Get("ETag")
	}
}

// A page that comes back is told nothing if it has missed nothing, and else all.
func TestLastEventID(t *testing.T) {
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	s := serve(t, Options{}, dir)
	first := open(t, s)
	seen := first.until("the run", says("running"))
	first.leave()

	back := open(t, s, "Last-Event-ID", seen.id)
	write(t, filepath.Join(dir, "state.json"), status("finished"))
	if e, _ := back.next(); e.kind != "run" || !strings.Contains(e.data, "finished") {
		t.Errorf("a page that has all is first told %+v", e)
	}
	missed := open(t, s, "Last-Event-ID", seen.id)
	if e, _ := missed.next(); e.kind != "runs" || e.id == seen.id || !strings.Contains(e.data, "finished") {
		t.Errorf("a page that has missed something is first told %+v", e)
	}
}

// Only the last event of several has the id: who missed it is told all again.
func TestSince(t *testing.T) {
	of := func(a, b string) *list { return newList([]told{{"a", []byte(a)}, {"b", []byte(b)}}) }
	before, after := of("1", "1"), of("2", "2")
	events := after.since(before)
	if len(events) != 2 || events[0].id != "" || events[1].id != "id: "+after.id+"\n" {
		t.Errorf("two changes are %q", events)
	}
	if events := after.since(after); len(events) != 0 {
		t.Errorf("no change is %q", events)
	}
	renamed := newList([]told{{"a", []byte("1")}, {"c", []byte("1")}})
	for name, l := range map[string]*list{"none": nil, "fewer": newList(before.runs[:1]), "others": renamed} {
		if events := before.since(l); len(events) != 1 || events[0].kind != "runs" || events[0].id == "" {
			t.Errorf("after %s: %q", name, events)
		}
	}
}

// Many pages are served by one reading of the files, and one too many is told so.
func TestManyPages(t *testing.T) {
	const pages = 200
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	toy := &toy{}
	l := quick(toy)
	l.streams = pages
	s := serve(t, Options{limits: l}, dir)
	var readers []*reader
	for range pages {
		r := open(t, s)
		r.until("the run", says("running"))
		readers = append(readers, r)
	}
	if answer, body := get(t, s, "/events"); answer.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "close some") {
		t.Errorf("one page more: %s, %q", answer.Status, body)
	}
	before := toy.reads.Load()
	write(t, filepath.Join(dir, "state.json"), status("finished"))
	for _, r := range readers {
		r.until("the change", says("finished"))
	}
	if reads := toy.reads.Load() - before; reads != 1 {
		t.Errorf("one change was read %d times for %d pages", reads, pages)
	}
	for _, r := range readers[:10] {
		r.leave()
	}
	await(t, "place for another page", func() bool { return len(s.streams) == pages-10 })
	open(t, s)
}

// Of many runs that change at once the list is not made again for each.
func TestManyRunsChangeAtOnce(t *testing.T) {
	const runs = 200
	dir := t.TempDir()
	state := func(i int) string { return filepath.Join(dir, fmt.Sprint(i), "state.json") }
	for i := range runs {
		begin(t, filepath.Dir(state(i)))
	}
	b, err := newBoard(quick(&toy{}), []string{dir})
	if err != nil {
		t.Fatal(err)
	}
	b.round(t.Context())
	for i := range runs {
		write(t, state(i), status("finished"))
		b.shown[i].next = time.Time{} // it may look again
	}
	news, leave := b.follow()
	defer leave()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		b.round(t.Context())
	}()
	lists := 0
	for began := time.Now(); ; lists++ {
		select {
		case <-news:
			continue
		case <-ended:
		}
		if most := 2 + int(time.Since(began)/settle); lists > most {
			t.Errorf("the list was made %d times, want %d at most", lists, most)
		}
		break
	}
	if n := strings.Count(string(b.list().text), "finished"); n != runs {
		t.Errorf("%d of %d runs are told to have finished", n, runs)
	}
}

func TestHeartbeat(t *testing.T) {
	l := quick(&toy{})
	l.beat = 10 * time.Millisecond
	s := serve(t, Options{limits: l}, t.TempDir())
	r := open(t, s)
	for beats := 0; beats < 3; {
		if !r.lines.Scan() {
			t.Fatalf("the stream ended after %d beats", beats)
		}
		if r.lines.Text() == ": beat" {
			beats++
		}
	}
}

// A request's time is over when a stream has only begun.
func TestStreamOutlivesRequests(t *testing.T) {
	l := quick(&toy{})
	l.request, l.answer, l.beat = 100*time.Millisecond, 100*time.Millisecond, 20*time.Millisecond
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	s := serve(t, Options{limits: l}, dir)
	r := open(t, s)
	for began := time.Now(); time.Since(began) < 5*l.request; {
		if !r.lines.Scan() {
			t.Fatalf("the stream ended after %v", time.Since(began))
		}
	}
}

// pipes accepts connections without any buffer between their ends.
type pipes struct {
	net.Listener
	ends chan net.Conn
}

func (p pipes) Accept() (net.Conn, error) {
	if c, ok := <-p.ends; ok {
		return c, nil
	}
	return nil, net.ErrClosed
}

// Close has Accept return, as a listener's does.
func (p pipes) Close() error {
	close(p.ends)
	return p.Listener.Close()
}

// A page that does not read is dropped, and others do not wait for it.
func TestSlowReaderIsDropped(t *testing.T) {
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	l := quick(&toy{})
	l.event = 50 * time.Millisecond
	s, err := Listen(Options{Listen: "127.0.0.1:0", limits: l}, dir)
	if err != nil {
		t.Fatal(err)
	}
	pipe := pipes{s.listener, make(chan net.Conn, 1)}
	s.listener = pipe
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- s.Serve(ctx) }()
	here, there := net.Pipe()
	defer here.Close()
	pipe.ends <- there
	if _, err := here.Write([]byte("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	await(t, "the open stream", func() bool { return len(s.streams) == 1 })
	await(t, "the end of the stream that nobody reads", func() bool { return len(s.streams) == 0 })
	await(t, "its connection to be closed", func() bool { return s.connections.open.Load() == 0 })
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Before all ends, pages see how it ended, though it is not yet time to look again.
func TestLastLook(t *testing.T) {
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	l := quick(&toy{})
	l.every, l.last = time.Hour, 0
	s := serve(t, Options{limits: l}, dir)
	r := open(t, s)
	r.until("the run", says("running"))
	write(t, filepath.Join(dir, "state.json"), status("finished"))
	s.LastLook()
	r.until("its end", says("finished"))
	if _, body := get(t, s, "/run/results/document.json"); !strings.Contains(body, "finished") {
		t.Errorf("the document is that of before: %s", body)
	}
}

// A page that lost its connection, or is in the background, when all ends has a few seconds to come
// back; where no page was, nothing is waited for.
func TestLastLookOfPageThatWasOpen(t *testing.T) {
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	l := quick(&toy{})
	l.every, l.last, l.back = time.Hour, 0, longest
	s := serve(t, Options{limits: l}, dir)
	s.LastLook() // or the test takes as long as pages are waited for
	r := open(t, s)
	r.until("the run", says("running"))
	r.leave()
	await(t, "the end of the stream", func() bool { return len(s.streams) == 0 })
	write(t, filepath.Join(dir, "state.json"), status("finished"))
	looked := make(chan struct{})
	go func() {
		defer close(looked)
		s.LastLook()
	}()
	await(t, "the last look", func() bool { return strings.Contains(string(s.board.list().text), "finished") })
	open(t, s).until("how it ended", says("finished"))
	<-looked
}

// Ending does not wait for pages.
func TestEndsAtOnce(t *testing.T) {
	s, err := Listen(Options{Listen: "127.0.0.1:0", limits: quick(&toy{})}, begin(t, filepath.Join(t.TempDir(), "results")))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- s.Serve(ctx) }()
	r := open(t, s)
	r.until("the run", says("running"))
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(longest):
		t.Fatal("it still serves")
	}
	if _, more := r.next(); more {
		t.Error("the stream goes on")
	}
	if c, err := net.Dial("tcp", s.listener.Addr().String()); err == nil {
		c.Close()
		t.Error("it still listens")
	}
}
