package dashboard

import (
	"bytes"
	"net/http"
	"path/filepath"

	"github.com/autolfads/autolfads/page"
)

const typeJSON = "application/json; charset=utf-8"

// livePage makes the page, which is the same as long as the server lives.
func livePage(folders []string, ends bool) (*answer, error) {
	title := "AutoLFADS"
	if len(folders) == 1 {
		title += ": " + filepath.Base(folders[0])
	}
	var b bytes.Buffer
	err := page.WriteLive(&b, page.Live{Title: title, Document: "run/{name}/document.json", Events: "events", Stay: ends})
	if err != nil {
		return nil, err
	}
	return newAnswer(b.Bytes())
}

func (s *Server) servePage(w http.ResponseWriter, r *http.Request) {
	setPolicy(w.Header(), page.LivePolicy())
	s.page.serve(w, r, "text/html; charset=utf-8")
}

// serveRuns answers with the list as the runs are, or were a moment ago; a stream would say what is new.
func (s *Server) serveRuns(w http.ResponseWriter, r *http.Request) {
	s.board.round(r.Context())
	w.Header().Set("Content-Type", typeJSON)
	_, _ = w.Write(s.board.list().text) // as in answer.serve
}

func (s *Server) serveDocument(w http.ResponseWriter, r *http.Request) {
	run := s.board.run(r.PathValue("name"))
	if run == nil {
		refuse(w, http.StatusNotFound, "No run of that name is known here.")
		return
	}
	document, fault := run.documentNow()
	if document == nil {
		w.Header().Set("Retry-After", "2") // seconds
		http.Error(w, fault, http.StatusServiceUnavailable)
		return
	}
	document.serve(w, r, typeJSON)
}
