package page

import (
	"errors"
	"io"
)

// The page is a skeleton with one element in its body, <main id="page">, which is empty, and
// in which the scripts build everything. Its style is all files assets/*.css and its
// script all files assets/*.js, each in the order of their names, one after the other: scripts
// are classic ones, which share one scope. Both stand in the page itself, named by hash in its
// content security policy: no other script runs, and nothing is asked of any host (a live
// page: of none but its own). Images may be data: and blob: URLs.

// Live says where a page without data of its own asks for them. All are URLs relative to the
// page's own, on the same server.
type Live struct {
	Title string `json:"title"` // of the page, as text
	// Runs answers with a list of [Summary] in JSON.
	Runs string `json:"runs"` // such as "runs.json"
	// Document answers with the [Document] of a run in JSON; {name} in it stands for the
	// run's name, as encodeURIComponent writes it.
	Document string `json:"document"` // such as "run/{name}/document.json"
	// Events is a stream of server-sent events: one of type "run" says that a run has changed
	// (data: its Summary in JSON), one of type "runs" that the list of runs has (data: the list).
	Events string `json:"events"` // such as "events"
}

// Write writes the page of a document: one HTML file that opens offline and asks nobody for
// anything. The document is in it as JSON, in the element with the id "document".
func Write(w io.Writer, d *Document) error { return errors.New("not yet") }

// WriteLive writes the page that shows runs while they run. It has l as JSON, in the element
// with the id "live", and asks the server that l names.
func WriteLive(w io.Writer, l Live) error { return errors.New("not yet") }
