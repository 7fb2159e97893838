package run

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/internal/regular"
)

// Seen is what can be seen of a unit that another process executes.
type Seen struct {
	Result   *Result  // nil: it has none yet
	Attempts int      // that were begun
	Progress Progress // of the newest attempt; nothing done yet: what the unit begins with

	Failed string // the error of the newest attempt, its first line; "": it has none
	Error  string // path of the file that has all of it
}

// Seen looks at the folder of a unit. It lists folders rather than asking for a
// file by name: what is new on a network file system is seen by who opens its folder.
func (f Files) Seen(u Unit) (Seen, error) {
	s := Seen{Progress: Progress{Generation: u.Generation, Member: u.Member, Epoch: u.FirstEpoch, Epochs: u.Epochs, Finish: u.Anneal}}
	entries, err := os.ReadDir(f.path(u.dir()))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == "result.json" }) {
		s.Result, err = f.Result(u)
	}
	if err != nil {
		return s, err
	}
	dirs, err := f.attempts(u)
	if err != nil || len(dirs) == 0 {
		return s, err
	}
	s.Attempts = len(dirs)
	newest := slices.Max(dirs)
	if s.Result == nil {
		s.Error = f.path(filepath.Join(newest, errorName))
		s.Failed = firstOfError(s.Error)
	}
	metrics, err := f.Metrics(u, s.Result)
	if err == nil {
		err = f.see(u, metrics, &s.Progress)
	}
	return s, err
}

// see takes in how far a unit is by its metrics.
func (f Files) see(u Unit, metrics string, p *Progress) error {
	e, err := LastEpoch(metrics)
	if e != nil {
		p.Epoch, p.Done, p.Score = e.Epoch, e.Epoch-u.FirstEpoch, float64(e.Score)
	}
	return err
}

// firstOfError returns the first line of the error that an attempt has left, behind the
// lines that say what it was about; "" if there is none, or it cannot be read.
func firstOfError(path string) string {
	text, err := regular.Read(path, mostBytes)
	if err != nil {
		return ""
	}
	lines := strings.SplitN(string(text), "\n", errorHead+2)
	if len(lines) <= errorHead || lines[errorHead] == "" {
		return strings.TrimSpace(lines[0]) // cut short, by a full disk
	}
	return lines[errorHead]
}

// tailBytes is more than two lines of metrics have.
const tailBytes = 8 << 10

// LastEpoch returns the last whole line of a file of metrics; nil if there is none yet.
func LastEpoch(path string) (*EpochRecord, error) {
	text, err := tail(path, tailBytes)
	if path == "" || errors.Is(err, fs.ErrNotExist) {
		return nil, nil // not begun yet
	}
	lines := bytes.Split(text, []byte("\n"))
	for i := len(lines) - 1; i >= 0; i-- {
		e := new(EpochRecord)
		if json.Unmarshal(lines[i], e) == nil {
			return e, err
		}
	}
	return nil, err
}

// tail returns the last n bytes of a file.
func tail(path string, n int64) ([]byte, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	text := make([]byte, min(n, info.Size()))
	_, err = f.ReadAt(text, info.Size()-int64(len(text)))
	return text, err
}
