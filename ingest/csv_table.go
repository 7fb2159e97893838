package ingest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/table"
)

// eachRow opens a table of text and hands over its rows, one at a time.
func eachRow(path string, progress func(read, of int64), begin func(*table.Reader) error, row func(*table.Reader, [][]byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	r, err := table.NewReader(&told{f, progress, 0, info.Size()})
	if err == nil {
		err = begin(r)
	}
	for err == nil {
		var fields [][]byte
		if fields, err = r.Next(); err == nil {
			err = row(r, fields)
		}
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// told tells how much is read.
type told struct {
	io.Reader
	progress func(read, of int64)
	read, of int64
}

func (t *told) Read(b []byte) (int, error) {
	n, err := t.Reader.Read(b)
	if t.read += int64(n); t.progress != nil {
		t.progress(t.read, t.of)
	}
	return n, err
}

// loadTable reads a whole table of text. It is read twice: first for what its
// columns hold, then for their values, so that it takes 8 bytes a number.
func loadTable(path string) (*dataset.Table, error) {
	l := &loader{table: &dataset.Table{Name: baseName(path)}}
	err := eachRow(path, nil, l.begin, l.look)
	if err == nil {
		l.columns()
		err = eachRow(path, nil, func(*table.Reader) error { return nil }, l.take)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return l.table, nil
}

// errNoNames: nothing says what a table's columns are.
var errNoNames = errors.New("it has no line of names above its columns: add one")

// loader reads a table of text.
type loader struct {
	table          *dataset.Table
	names          []string
	words, numbers []bool // columns that have a field that is no number, and no truth
}

func (l *loader) begin(r *table.Reader) error {
	if r.Names == nil {
		return errNoNames
	}
	seen := map[string]bool{}
	for i, name := range r.Names {
		if name == "" {
			name = fmt.Sprintf("column_%d", i+1)
		}
		if seen[name] {
			return fmt.Errorf("two columns are called %s: rename one", name)
		}
		seen[name] = true
		l.names = append(l.names, name)
	}
	l.words, l.numbers = make([]bool, len(l.names)), make([]bool, len(l.names))
	return nil
}

// truths are words for true and false.
var truths = map[string]bool{"true": true, "True": true, "TRUE": true, "false": false, "False": false, "FALSE": false}

// look finds out what columns hold.
func (l *loader) look(r *table.Reader, fields [][]byte) error {
	l.table.Rows++
	for i, f := range fields {
		if _, ok := r.Number(f); !ok {
			l.words[i] = true
		}
		if _, ok := truths[string(f)]; !ok {
			l.numbers[i] = true
		}
	}
	return nil
}

func (l *loader) columns() {
	for i, name := range l.names {
		c := &dataset.Column{Name: name}
		switch n := l.table.Rows; {
		case !l.words[i] || n == 0:
			c.Numbers = make([]float64, 0, n)
		case !l.numbers[i]:
			c.Flags = make([]bool, 0, n)
		default:
			c.Words = make([]string, 0, n)
		}
		l.table.Columns = append(l.table.Columns, c)
	}
}

func (l *loader) take(r *table.Reader, fields [][]byte) error {
	for i, c := range l.table.Columns {
		switch {
		case c.Words != nil:
			word := ""
			if !table.IsMissing(fields[i]) {
				word = string(fields[i])
			}
			c.Words = append(c.Words, word)
		case c.Flags != nil:
			c.Flags = append(c.Flags, truths[string(fields[i])])
		default:
			v, ok := r.Number(fields[i])
			if !ok {
				return fmt.Errorf("line %d, column %s: %q is no number, and was one before: is the file being written?", r.Line(), c.Name, fields[i])
			}
			c.Numbers = append(c.Numbers, v)
		}
	}
	if l.table.Columns[0].Len() > l.table.Rows {
		return errors.New("it grew while it was read: wait until it is written")
	}
	return nil
}
