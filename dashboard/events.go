package dashboard

import (
	"bytes"
	"fmt"
	"net/http"
	"time"
)

// serveEvents keeps a page up to date until it goes, or takes too long to read what it is sent.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	select {
	case s.streams <- struct{}{}:
		defer func() {
			s.left.Store(time.Now().UnixNano())
			<-s.streams
		}()
	default:
		w.Header().Set("Retry-After", "10") // seconds
		http.Error(w, fmt.Sprintf("%d pages are open, and more are not served: close some.", cap(s.streams)), http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	out := &stream{w: w, control: http.NewResponseController(w), patience: s.limits.event}
	news, leave := s.board.follow()
	defer leave()
	beat := time.NewTicker(s.limits.beat)
	defer beat.Stop()
	out.begin(s.board.list(), r.Header.Get("Last-Event-ID"))
	for out.send(s.board.list()) {
		select {
		case <-r.Context().Done():
			return
		case <-news:
		case <-beat.C:
			out.text.WriteString(": beat\n\n")
		}
	}
}

// stream is what one page is sent.
type stream struct {
	w        http.ResponseWriter
	control  *http.ResponseController
	patience time.Duration // with a reader that does not read
	text     bytes.Buffer  // to be sent
	last     *list         // that the page has; nil: none
}

// begin starts the stream of a page that has the list with an id, or none.
func (s *stream) begin(now *list, id string) {
	s.text.WriteString("retry: 2000\n\n") // milliseconds, until it comes back after the stream broke
	if id == now.id {
		s.last = now
	}
}

// send sends what the page does not have. It reports whether that was taken.
func (s *stream) send(now *list) bool {
	for _, e := range now.since(s.last) {
		fmt.Fprintf(&s.text, "event: %s\n%sdata: %s\n\n", e.kind, e.id, e.data)
	}
	s.last = now
	if s.text.Len() == 0 {
		return true
	}
	if s.control.SetWriteDeadline(time.Now().Add(s.patience)) != nil {
		return false
	}
	_, err := s.w.Write(s.text.Bytes())
	s.text.Reset()
	return err == nil && s.control.Flush() == nil
}
