package run

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/autolfads/autolfads/internal/durable"
)

// EpochRecord is a line of metrics.jsonl. The two time fields come last.
type EpochRecord struct {
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

// openLog begins the attempt's metrics with the lines of the attempt that it
// goes on from: so the newest attempt holds every epoch of the unit once.
func (a *Attempt) openLog(lines []byte) (*epochLog, error) {
	path := filepath.Join(a.dir, metricsName)
	file, err := durable.Create(a.run.path(path))
	if err != nil {
		return nil, err
	}
	if len(lines) > 0 {
		_, err = file.Write(lines)
	}
	if err == nil {
		err = durable.SyncFolder(a.run.path(a.dir))
	}
	return &epochLog{path, file}, err
}

// logged returns the lines that an attempt at u, in dir, wrote for the unit's
// epochs up to one. It reports false if they are not all there.
func (f Files) logged(u Unit, dir string, epoch int) ([]byte, bool) {
	text, err := os.ReadFile(f.path(filepath.Join(dir, metricsName)))
	if err != nil {
		return nil, false
	}
	return linesOf(text, u, epoch)
}

// linesOf picks from metrics the lines of u's epochs up to one. It reports
// false if they are not all there: a kill may cut the last one, a full disk too.
func linesOf(text []byte, u Unit, epoch int) ([]byte, bool) {
	var lines []byte
	next := u.FirstEpoch + 1
	for line := range bytes.Lines(text) {
		var e EpochRecord
		if !bytes.HasSuffix(line, []byte("\n")) || json.Unmarshal(line, &e) != nil {
			continue
		}
		if e.Generation == u.Generation && e.Member == u.Member && e.Epoch == next && next <= epoch {
			lines = append(lines, line...)
			next++
		}
	}
	return lines, next > epoch
}

func (l *epochLog) write(u Unit, e Epoch, took time.Duration) error {
	line := EpochRecord{
		Generation: u.Generation, Member: u.Member, Epoch: e.Epoch, Score: Score(e.Score),
		Metrics: make(map[string]Score, len(e.Metrics)), Seconds: took.Seconds(), Time: time.Now().UTC(),
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

// gatherMetrics joins the metrics of all units into the run's metrics.jsonl.
func (f *Folder) gatherMetrics(done []generation) error {
	// As gathered before; the first time there is none.
	before, _ := os.ReadFile(f.path(metricsName))
	return durable.WriteFile(f.path(metricsName), func(w io.Writer) error {
		for _, g := range done {
			for i, r := range g.results {
				lines, err := f.metricsOf(g.units[i], r, before)
				if err != nil {
					return err
				}
				if _, err := w.Write(lines); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// metricsOf returns the lines of a unit, from its attempt or, if some are lost
// there, as they were gathered before.
func (f Files) metricsOf(u Unit, r Result, gathered []byte) ([]byte, error) {
	last := u.FirstEpoch + r.Epochs
	if lines, whole := f.logged(u, filepath.Dir(r.Metrics), last); whole {
		return lines, nil
	}
	if lines, whole := linesOf(gathered, u, last); whole {
		return lines, nil
	}
	return nil, fmt.Errorf("%s does not hold the %d epochs of %s: it was cut short or changed; remove %s and go on with `autolfads resume %s`, which trains them again with the same result",
		f.path(r.Metrics), r.Epochs, u, f.path(filepath.Join(u.dir(), "result.json")), f.Dir)
}
