package page

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path/filepath"
	"strconv"

	"github.com/autolfads/autolfads/internal/regular"
)

// table is a table of a run: rows for members in generations.
type table struct {
	columns []string       // behind the generation and the member
	place   map[string]int // of each in a row
	rows    map[Place][]string
}

// mostRows is more member-generations than a page can show, and few enough to hold.
const mostRows = 400_000

// readTable reads a table of a run folder, whose first columns must be generation and member;
// one that is not there is empty. What comes before a damaged line is kept, and the error
// says where it is.
func readTable(dir, name string) (t table, err error) {
	t.rows = map[Place][]string{}
	file, err := regular.Open(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return t, nil
	}
	if err != nil {
		return t, err
	}
	defer file.Close()
	rows := csv.NewReader(io.LimitReader(file, mostBytes))
	head, err := rows.Read()
	if err == io.EOF || err == nil && (len(head) < 2 || head[0] != "generation" || head[1] != "member") {
		err = errors.New("its first columns are not generation and member")
	}
	if err != nil {
		return t, fmt.Errorf("%s: %w", name, err)
	}
	t.columns, t.place = head[2:], map[string]int{}
	for i, name := range t.columns {
		t.place[name] = i
	}
	for len(t.rows) < mostRows {
		row, err := rows.Read()
		if err == io.EOF {
			return t, nil
		}
		if err != nil {
			return t, fmt.Errorf("%s is damaged, and what comes behind is not shown: %w", name, err)
		}
		at, ok := placeOf(row[0], row[1])
		if !ok {
			return t, fmt.Errorf("%s is damaged at row %d, and what comes behind is not shown", name, len(t.rows)+1)
		}
		t.rows[at] = row[2:]
	}
	return t, fmt.Errorf("%s has more than %d rows: the first are shown", name, mostRows)
}

// placeOf reads a place, whose numbers are not negative.
func placeOf(generation, member string) (p Place, ok bool) {
	for i, text := range []string{generation, member} {
		n, err := strconv.ParseUint(text, 10, 31)
		if err != nil {
			return p, false
		}
		p[i] = int(n)
	}
	return p, true
}

// cell is a column of a row; "" if there is none.
func (t *table) cell(at Place, column string) string {
	row, ok := t.rows[at]
	if !ok {
		return ""
	}
	i, ok := t.place[column]
	if !ok {
		return ""
	}
	return row[i]
}

// number is a cell's number; NaN of one that has none.
func (t *table) number(at Place, column string) float64 {
	v, err := strconv.ParseFloat(t.cell(at, column), 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// whole is a cell's whole number from 0 on; 0 of one that has none.
func (t *table) whole(at Place, column string) int {
	n, err := strconv.ParseUint(t.cell(at, column), 10, 31)
	if err != nil {
		return 0
	}
	return int(n)
}
