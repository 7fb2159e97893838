package run

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/autolfads/autolfads/internal/durable"
)

// epochLine is a line of metrics.jsonl. The two time fields come last.
type epochLine struct {
	Generation int              `json:"generation"`
	Member     int              `json:"member"`
	Epoch      int              `json:"epoch"` // over the member's life
	Score      Score            `json:"score"`
	Metrics    map[string]Score `json:"metrics,omitempty"`
	Seconds    float64          `json:"seconds"` // that the epoch took
	Time       time.Time        `json:"time"`    // when it ended
}

const metricsName = "metrics.jsonl"

// epochLog writes the metrics of one attempt.
type epochLog struct {
	path string // inside the run folder
	file *durable.File
}

// openLog begins the attempt's metrics with those of the attempt that it goes
// on from (the one with the given checkpoint, if any), up to epoch: so the
// newest attempt holds every epoch of the unit once.
func (a *Attempt) openLog(checkpoint string, epoch int) (*epochLog, error) {
	path := filepath.Join(a.dir, metricsName)
	file, err := durable.Create(a.folder.path(path))
	if err != nil {
		return nil, err
	}
	l := &epochLog{path, file}
	if checkpoint != "" {
		err = l.copyFrom(a.folder.path(filepath.Join(filepath.Dir(checkpoint), metricsName)), epoch)
	}
	if err == nil {
		err = durable.SyncFolder(a.folder.path(a.dir))
	}
	return l, err
}

// copyFrom copies the lines of an earlier log up to epoch. Lines after the
// checkpoint may be there, the last one cut short.
func (l *epochLog) copyFrom(path string, epoch int) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for line := range bytes.Lines(text) {
		var e epochLine
		if json.Unmarshal(line, &e) != nil || e.Epoch > epoch {
			break
		}
		if _, err := l.file.Write(line); err != nil {
			return err
		}
	}
	return nil
}

func (l *epochLog) write(u Unit, e Epoch, lasted time.Duration) error {
	line := epochLine{
		Generation: u.Generation, Member: u.Member, Epoch: e.Epoch, Score: Score(e.Score),
		Metrics: make(map[string]Score, len(e.Metrics)), Seconds: lasted.Seconds(), Time: time.Now().UTC(),
	}
	for name, v := range e.Metrics {
		line.Metrics[name] = Score(v)
	}
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}
	_, err = l.file.Write(append(text, '\n'))
	return err
}

func (l *epochLog) sync() error { return l.file.Sync() }

func (l *epochLog) close() error { return l.file.Close() }

// gatherMetrics joins the metrics of all results into the run's metrics.jsonl.
func (f *Folder) gatherMetrics(done []generation) error {
	return durable.WriteFile(f.path(metricsName), func(w io.Writer) error {
		for _, g := range done {
			for _, r := range g.results {
				if err := f.appendFile(w, r.Metrics); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (f *Folder) appendFile(w io.Writer, name string) error {
	file, err := os.Open(f.path(name))
	if err != nil {
		return err
	}
	_, err = io.Copy(w, bufio.NewReader(file))
	return errors.Join(err, file.Close())
}
