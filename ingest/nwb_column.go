package ingest

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

// maxListed bounds the values of a column of lists: what has more is waveforms,
// or a value for each spike, and is not for a table.
const maxListed = 1 << 20

// notForTables is the error of columns that are not read, and no fault of the file.
func notForTables(format string, args ...any) error {
	return fmt.Errorf("no column for a table: "+format, args...)
}

// column reads a column of a table of some rows.
func (n *nwbFile) column(g *nwbGroup, name string, rows int) (*dataset.Column, error) {
	d, err := g.Dataset(name)
	if err != nil {
		return nil, err
	}
	attrs, err := nwbAttrsOf(d)
	if err != nil {
		return nil, err
	}
	if len(d.Shape()) == 0 {
		return nil, errors.New("is one value, should have one a row")
	}
	r, err := n.index(g, name, d.Shape()[0])
	if err != nil {
		return nil, err
	}
	got := d.Shape()[0]
	if r != nil {
		got = len(r.ends)
	}
	if got != rows {
		return nil, fmt.Errorf("has %d rows, but %s has %d", got, g.path, rows)
	}
	c := &nwbColumn{n, g, d, attrs, r, rows}
	column := &dataset.Column{Name: name, About: oneLine(attrs.text("description"))}
	return column, c.read(column)
}

// nwbColumn is a column to be read.
type nwbColumn struct {
	n     *nwbFile
	group *nwbGroup // the table
	d     *hdf5.Dataset
	attrs nwbAttrs
	index *ragged // nil: a value a row
	rows  int
}

func (c *nwbColumn) read(to *dataset.Column) error {
	if err := c.n.plausible(c.d); err != nil {
		return err
	}
	t := c.d.Type()
	switch {
	case t.Class == hdf5.Variable && !t.Text:
		return c.sequences(to)
	case t.IsBool() && c.index == nil && len(c.d.Shape()) == 1:
		return c.flags(to)
	case t.IsNumber() && c.attrs["elements"] != nil:
		return c.elements(to)
	case t.IsText() || t.Class == hdf5.ReferenceTo || t.Class == hdf5.Enum && !t.IsBool():
		return c.words(to)
	case t.IsNumber():
		return c.numbers(to)
	}
	return notForTables("it holds %v", t)
}

// values is how many values the column has in all, and how many a row of its data
// set.
func (c *nwbColumn) values() (all, width int, err error) {
	all, width = 1, 1
	for i, k := range c.d.Shape() {
		if k != 0 && all > maxNWBRows*64/k {
			return 0, 0, notForTables("it has the shape %v", c.d.Shape())
		}
		if all *= k; i > 0 {
			width *= k
		}
	}
	if (c.index != nil || width != 1) && all > maxListed {
		return 0, 0, notForTables("it has %d values", all)
	}
	if all > maxNWBRows {
		return 0, 0, fmt.Errorf("has %d values, more than the %d that are read", all, maxNWBRows)
	}
	return all, width, c.n.spend(int64(all) * int64(max(16, c.d.Type().Size)))
}

// row is where a row's values are among all, in values of a width.
func (c *nwbColumn) row(i, width int) (from, to int) {
	if c.index == nil {
		return i * width, (i + 1) * width
	}
	from, to = c.index.row(i)
	return from * width, to * width
}

func (c *nwbColumn) numbers(to *dataset.Column) error {
	_, width, err := c.values()
	if err != nil {
		return err
	}
	all, err := c.d.Float64s()
	if err != nil {
		return err
	}
	if c.index == nil && len(c.d.Shape()) == 1 {
		to.Numbers = all
		return nil
	}
	to.Lists = make([][]float64, c.rows)
	for i := range to.Lists {
		from, end := c.row(i, width)
		to.Lists[i] = all[from:end:end]
	}
	return nil
}

func (c *nwbColumn) flags(to *dataset.Column) (err error) {
	if _, _, err = c.values(); err == nil {
		to.Flags, err = c.d.Bools()
	}
	return err
}

// words reads text, names of an enumeration, and names of what references lead to.
// Of several a row they are joined by commas.
func (c *nwbColumn) words(to *dataset.Column) error {
	_, width, err := c.values()
	if err != nil {
		return err
	}
	all, err := c.texts()
	if err != nil {
		return err
	}
	return c.join(to, all, width)
}

// join gives each row its words.
func (c *nwbColumn) join(to *dataset.Column, all []string, width int) error {
	to.Words = make([]string, c.rows)
	for i := range to.Words {
		from, end := c.row(i, width)
		if end-from == 1 {
			to.Words[i] = all[from]
			continue
		}
		bytes := int64(0)
		for _, word := range all[from:end] {
			bytes += int64(len(word) + 2)
		}
		if err := c.n.spend(bytes); err != nil {
			return err
		}
		to.Words[i] = strings.Join(all[from:end], ", ")
	}
	return nil
}

func (c *nwbColumn) texts() ([]string, error) {
	switch c.d.Type().Class {
	case hdf5.ReferenceTo:
		return c.targets()
	case hdf5.Enum:
		return c.d.EnumNames()
	}
	return c.d.Strings()
}

// targets names what object references lead to.
func (c *nwbColumn) targets() ([]string, error) {
	refs, err := c.d.References()
	if err != nil {
		return nil, err
	}
	all := make([]string, len(refs))
	for i, r := range refs {
		if r.IsNull() {
			continue
		}
		where, known := c.n.names[r]
		if !known {
			return nil, notForTables("it leads to what is no group, or stands in what is not read")
		}
		all[i] = path.Base(where)
	}
	return all, nil
}

// elements reads EnumData: whole numbers that stand for the words of another
// data set.
func (c *nwbColumn) elements(to *dataset.Column) error {
	_, width, err := c.values()
	if err != nil {
		return err
	}
	words, err := c.dictionary()
	if err != nil {
		return fmt.Errorf("its elements: %w", err)
	}
	places, err := c.d.Int64s()
	if err != nil {
		return err
	}
	all := make([]string, len(places))
	for i, p := range places {
		if p < 0 || p >= int64(len(words)) {
			return fmt.Errorf("value %d is %d, but it has %d elements, numbered from 0", i, p, len(words))
		}
		all[i] = words[p]
	}
	return c.join(to, all, width)
}

func (c *nwbColumn) dictionary() ([]string, error) {
	refs, err := c.attrs["elements"].References()
	if err != nil {
		return nil, err
	}
	if len(refs) != 1 {
		return nil, fmt.Errorf("%d references, should be one", len(refs))
	}
	d, err := refs[0].Dataset()
	if err != nil {
		return nil, err
	}
	words := &nwbColumn{n: c.n, d: d}
	if _, _, err := words.values(); err != nil {
		return nil, err
	}
	return d.Strings()
}

// sequences reads values of variable length, which HDF5 itself makes lists of.
func (c *nwbColumn) sequences(to *dataset.Column) error {
	if c.index != nil || len(c.d.Shape()) != 1 || !c.d.Type().Base.IsNumber() {
		return notForTables("it holds %v", c.d.Type())
	}
	if _, _, err := c.values(); err != nil {
		return err
	}
	s, err := c.d.Sequences()
	if err != nil {
		return err
	}
	all, err := s.Float64s()
	if err != nil {
		return err
	}
	to.Lists = make([][]float64, c.rows)
	from := 0
	for i, end := range s.Ends {
		to.Lists[i], from = all[from:end:end], end
	}
	return nil
}
