package run

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// live keeps the event file of the generation under way up with the metrics that
// its attempts write, wherever those are: it reads them when an epoch is
// reported. An error ends this, not the run: completeEvents makes up for it or
// meets it again, and a full disk stops the metrics and checkpoints, too.
type live struct {
	folder *Folder
	units  []Unit

	mu     sync.Mutex       // executors report from several goroutines
	file   *eventFile       // nil: no epoch has ended yet
	read   map[string]int64 // bytes taken in of an attempt's metrics, by path
	closed bool
}

func (f *Folder) follow(units []Unit) *live {
	return &live{folder: f, units: units, read: map[string]int64{}}
}

// progress takes in the epochs of a member that ended since it was last asked.
func (l *live) progress(p Progress) {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.IndexFunc(l.units, func(u Unit) bool { return u.Generation == p.Generation && u.Member == p.Member })
	if i < 0 || l.closed {
		return
	}
	if err := l.takeIn(l.units[i]); err != nil {
		l.end()
	}
}

// takeIn adds the new whole lines of the newest attempt at u: it begins with
// those of the attempt it goes on from.
func (l *live) takeIn(u Unit) error {
	dirs, err := l.folder.attempts(u)
	if err != nil || len(dirs) == 0 {
		return err
	}
	path := l.folder.path(filepath.Join(slices.Max(dirs), metricsName))
	text, err := readFrom(path, l.read[path])
	if err != nil {
		return err
	}
	whole := text[:bytes.LastIndexByte(text, '\n')+1]
	l.read[path] += int64(len(whole))
	for text := range bytes.Lines(whole) {
		var line EpochRecord
		if json.Unmarshal(text, &line) != nil {
			continue
		}
		if err := l.add(line, u); err != nil {
			return err
		}
	}
	return nil
}

func (l *live) add(line EpochRecord, u Unit) (err error) {
	if l.file == nil {
		if l.file, err = l.folder.openEvents(u.Generation); err != nil {
			return err
		}
	}
	return l.file.add(line, u)
}

// close ends it; later reports, if an executor sends some, change nothing.
func (l *live) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.end()
}

func (l *live) end() {
	l.closed = true
	if l.file != nil {
		// completeEvents looks at what the file holds.
		_ = l.file.file.Close()
	}
	l.file = nil
}

// readFrom returns a file's bytes from an offset on.
func readFrom(path string, offset int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if _, err := f.Seek(offset, io.SeekStart); err != nil {
		return nil, err
	}
	return io.ReadAll(f)
}
