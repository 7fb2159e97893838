package prepare

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// UnitOptions say which units are kept. The zero value keeps all.
type UnitOptions struct {
	Only      string  `json:"only,omitempty"`    // ids with commas between: no others are kept; "": all
	Without   string  `json:"without,omitempty"` // ids with commas between, which are left out
	Where     string  `json:"where,omitempty"`   // condition on the units' columns, as package where reads it; also on id, and rate_hz over the whole recording
	Join      string  `json:"join,omitempty"`    // column: units kept of one value in it are one unit; "": each is one
	MinRateHz float64 `json:"min_rate_hz"`       // units of a lower rate in the trials kept are left out; 0: none is

	// DropCorrelated is the correlation of counts in bins of 1 ms above which one of two
	// units is left out; 0: none is.
	DropCorrelated float64 `json:"drop_correlated,omitempty"`

	ids []string // of the units of a trained model, in its order, when units are joined: no others are kept; nil: all are
}

func (o *UnitOptions) check() error {
	if !(o.MinRateHz >= 0) {
		return fmt.Errorf("the least rate is %g Hz: it must not be negative (--min-rate-hz)", o.MinRateHz)
	}
	if !(o.DropCorrelated >= 0 && o.DropCorrelated < 1) {
		return fmt.Errorf("units are to be left out above a correlation of %g: it must be more than 0 and less than 1, such as --drop-correlated 0.2", o.DropCorrelated)
	}
	return nil
}

// LeftOut are units that are not counted, for one reason.
type LeftOut struct {
	Reason string   `json:"reason"`
	Units  []string `json:"units"`
}

// selectUnits returns a recording with the units alone that the options ask for by
// their ids and columns, and says which it leaves out.
func selectUnits(r *dataset.Recording, o *UnitOptions) (*dataset.Recording, []LeftOut, error) {
	keep := slices.Repeat([]bool{true}, r.Units.Len())
	var left []LeftOut
	for _, filter := range []struct {
		flag, text string
		wanted     func(*dataset.Recording, string) ([]bool, error)
	}{
		{"--only-units", o.Only, unitsListed},
		{"--without-units", o.Without, unitsNotListed},
		{"--units", o.Where, unitsWhere},
	} {
		if filter.text == "" {
			continue
		}
		wanted, err := filter.wanted(r, filter.text)
		if err != nil {
			return nil, nil, fmt.Errorf("%s %w", filter.flag, err)
		}
		if out := narrow(keep, wanted, r.Units.IDs); len(out) > 0 {
			left = append(left, LeftOut{reasonOf(filter.flag, filter.text), out})
		}
	}
	if !slices.Contains(keep, true) {
		return nil, nil, fmt.Errorf("no unit of %d is left: loosen --only-units, --without-units or --units", r.Units.Len())
	}
	return withUnits(r, keep), left, nil
}

// reasonOf is why units are left out.
func reasonOf(flag, text string) string {
	switch flag {
	case "--only-units":
		return "not listed by --only-units"
	case "--without-units":
		return "listed by --without-units"
	}
	return "--units " + text + " is not true of it"
}

// narrow takes from what is kept what is not wanted, and returns the ids of these.
func narrow(keep, wanted []bool, ids []string) (out []string) {
	for i := range keep {
		if keep[i] && !wanted[i] {
			keep[i], out = false, append(out, ids[i])
		}
	}
	return out
}

// unitsListed returns which units a list of ids has.
func unitsListed(r *dataset.Recording, list string) ([]bool, error) {
	meant, err := meantByID(r, listed(list))
	rows := make([]bool, r.Units.Len())
	for i, id := range r.Units.IDs {
		rows[i] = meant[id]
	}
	return rows, err
}

func unitsNotListed(r *dataset.Recording, list string) ([]bool, error) {
	rows, err := unitsListed(r, list)
	for i := range rows {
		rows[i] = !rows[i]
	}
	return rows, err
}

// withUnits is a recording with some of its units alone.
func withUnits(r *dataset.Recording, keep []bool) *dataset.Recording {
	var places []int
	for i, is := range keep {
		if is {
			places = append(places, i)
		}
	}
	if len(places) == len(keep) {
		return r
	}
	return unitsAt(r, places)
}

// unitsAt is a recording with the units at some places, in their order.
func unitsAt(r *dataset.Recording, places []int) *dataset.Recording {
	some := *r
	some.Units = dataset.Units{
		IDs: at(r.Units.IDs, places), Spikes: someSpikes{r.Units.Spikes, places},
		Observed: at(r.Units.Observed, places), Columns: rowsAt(&r.Units.Columns, places),
	}
	return &some
}

// rowsAt is a table of some rows of another.
func rowsAt(t *dataset.Table, rows []int) dataset.Table {
	some := dataset.Table{Name: t.Name, About: t.About, Rows: len(rows)}
	for _, c := range t.Columns {
		some.Columns = append(some.Columns, &dataset.Column{
			Name: c.Name, About: c.About,
			Numbers: at(c.Numbers, rows), Words: at(c.Words, rows), Flags: at(c.Flags, rows), Lists: at(c.Lists, rows),
		})
	}
	return some
}

// someSpikes are the spikes of some units.
type someSpikes struct {
	all    dataset.SpikeTimes
	places []int
}

// Count implements dataset.SpikeTimes.
func (s someSpikes) Count(unit int) int { return s.all.Count(s.places[unit]) }

// Times implements dataset.SpikeTimes.
func (s someSpikes) Times(unit int) ([]float64, error) { return s.all.Times(s.places[unit]) }
