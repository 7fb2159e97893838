package paper

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/autolfads/autolfads/experiment"
)

// Result is what an experiment measured: small, and all that its figures and sentences are
// made of. Numbers are finite; what is not known is not there.
type Result struct {
	Experiment string   `json:"experiment"`
	Scale      Scale    `json:"scale"`
	Seeds      []uint64 `json:"seeds"`
	Sets       []Set    `json:"data"`
	Runs       []RunOf  `json:"runs,omitempty"`

	Numbers map[string]float64 `json:"numbers,omitempty"` // that are of no row
	Tables  []Table            `json:"tables,omitempty"`
	Courses []Course           `json:"courses,omitempty"` // that figures show
	Figures []Drawn            `json:"figures,omitempty"` // that numbers alone do not give

	Version string  `json:"version"` // of the program
	Command string  `json:"command"` // makes the result again, beside its data
	Machine string  `json:"machine"` // what the system calls the processor
	Seconds float64 `json:"seconds"` // by the clock: training, of all processes that took part, and what the last one measured
}

// Table is numbers of a panel: a row is a model, a seed, a method.
type Table struct {
	Panel   string   `json:"panel"`
	Columns []Column `json:"columns"`
	Rows    []Row    `json:"rows"`
}

// Column is one quantity of a table.
type Column struct {
	Key    string `json:"key"`
	Title  string `json:"title"` // with its unit
	Digits int    `json:"digits"`
}

// Row is what one thing has of each quantity, by the columns' keys.
type Row struct {
	Name   string             `json:"name"`
	Group  string             `json:"group,omitempty"` // which rows are of one kind
	Values map[string]float64 `json:"values"`
}

// Course is a curve that a figure shows.
type Course struct {
	Part string    `json:"part"` // which panel of the figure
	Name string    `json:"name"`
	X    []float64 `json:"x"`
	Y    []float64 `json:"y"`
}

// Drawn is a figure that lies beside the result.
type Drawn struct {
	Name  string `json:"name"`  // of its files, without the ending
	Shows string `json:"shows"` // in words
}

// set gives a row a number, unless it is not finite.
func (r *Row) set(key string, v float64) {
	if v-v != 0 {
		return
	}
	if r.Values == nil {
		r.Values = map[string]float64{}
	}
	r.Values[key] = v
}

// set gives the result a number of no row, unless it is not finite.
func (r *Result) set(key string, v float64) {
	row := Row{Values: r.Numbers}
	row.set(key, v)
	r.Numbers = row.Values
}

// number is a number of no row; NaN: it is not known.
func (r *Result) number(key string) float64 {
	if v, ok := r.Numbers[key]; ok {
		return v
	}
	return math.NaN()
}

// table is that of a panel; empty: there is none.
func (r *Result) table(panel string) *Table {
	for i := range r.Tables {
		if r.Tables[i].Panel == panel {
			return &r.Tables[i]
		}
	}
	return &Table{Panel: panel}
}

// rows are those of a group; of "" all.
func (t *Table) rows(group string) (rows []Row) {
	for _, r := range t.Rows {
		if group == "" || r.Group == group {
			rows = append(rows, r)
		}
	}
	return rows
}

// both are two quantities of those rows that have both.
func both(rows []Row, x, y string) (xs, ys []float64) {
	for _, r := range rows {
		a, okA := r.Values[x]
		b, okB := r.Values[y]
		if okA && okB {
			xs, ys = append(xs, a), append(ys, b)
		}
	}
	return xs, ys
}

// values are a quantity of those rows that have it.
func values(rows []Row, key string) []float64 {
	all, _ := both(rows, key, key)
	return all
}

// courses are those of a part of a figure.
func (r *Result) courses(part string) (all []Course) {
	for _, c := range r.Courses {
		if c.Part == part {
			all = append(all, c)
		}
	}
	return all
}

// short are numbers with four digits that count: figures need no more.
func short(all []float64) []float64 {
	out := slices.Clone(all)
	for i, v := range out {
		out[i], _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 4, 64), 64) // what was written so is read so
	}
	return out
}

// write writes the result, whole or not at all.
func (r *Result) write(path string) error {
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	return experiment.WriteText(path, experiment.ListsInLines(string(text))+"\n")
}

// ReadResult reads a result; nil if there is no such file.
func ReadResult(path string) (*Result, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r := &Result{}
	if err := json.Unmarshal(text, r); err != nil {
		return nil, fmt.Errorf("%s is no result of an experiment: %w; remove it, and it is made again", path, err)
	}
	return r, nil
}

// ReadResults reads all results of a folder, in the order of [List]; of experiments that
// are not there, nothing. One whose name is no experiment's is an error.
func ReadResults(dir string) (all []*Result, err error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	byName := map[string]*Result{}
	for _, path := range paths {
		r, err := ReadResult(path)
		if err != nil {
			return nil, err
		}
		if _, err := Find(r.Experiment); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		byName[r.Experiment] = r
	}
	for _, e := range List() {
		if r := byName[e.Name]; r != nil {
			all = append(all, r)
		}
	}
	return all, nil
}
