package dashboard

import (
	"bytes"
	"encoding/json"

	"github.com/autolfads/autolfads/page"
)

// list is the list of runs at a moment. It does not change.
type list struct {
	runs []told
	text []byte // JSON of all summaries
	id   string // checksum of text
}

// told is what the list says of a run.
type told struct {
	name string
	text []byte // JSON of its summary, in one line
}

// tell writes a summary down.
func tell(s page.Summary) (told, error) {
	text, err := json.Marshal(s) // has no line breaks, which would end an event
	return told{s.Name, text}, err
}

// newList puts summaries together.
func newList(runs []told) *list {
	texts := make([][]byte, len(runs))
	for i, r := range runs {
		texts[i] = r.text
	}
	l := &list{runs: runs}
	l.text = append(append([]byte{'['}, bytes.Join(texts, []byte{','})...), ']')
	l.id = checksum(l.text)
	return l
}

// event is news for a page. Its id is a line, or nothing.
type event struct {
	kind, id string
	data     []byte
}

// since returns the events that bring a page from one list, nil if it has none, to this one. The
// last one alone has the id: who misses it has not got all.
func (l *list) since(before *list) (events []event) {
	if before == nil || !l.sameRuns(before) {
		events = []event{{kind: "runs", data: l.text}}
	} else {
		for i, r := range l.runs {
			if !bytes.Equal(r.text, before.runs[i].text) {
				events = append(events, event{kind: "run", data: r.text})
			}
		}
	}
	if n := len(events); n > 0 {
		events[n-1].id = "id: " + l.id + "\n"
	}
	return events
}

// sameRuns reports whether two lists are of the same runs.
func (l *list) sameRuns(other *list) bool {
	if len(l.runs) != len(other.runs) {
		return false
	}
	for i, r := range l.runs {
		if r.name != other.runs[i].name {
			return false
		}
	}
	return true
}
