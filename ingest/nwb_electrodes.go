package ingest

import "github.com/autolfads/autolfads/dataset"

// placesOfElectrodes are the columns of the table of electrodes that tell where a unit
// was recorded; units get them as electrode_location and electrode_group_name.
var placesOfElectrodes = []string{"location", "group_name"}

// addElectrodes adds to the units where their electrodes are, if their column
// electrodes says which these are: rows of the table of electrodes.
func (n *nwbFile) addElectrodes(units *dataset.Table) {
	rows, table := electrodesOfRows(units.Column("electrodes")), n.electrodeTable()
	ids := n.electrodeIDs()
	if rows == nil || table == nil || len(ids) == 0 {
		return
	}
	for _, name := range placesOfElectrodes {
		c, err := n.column(table, name, len(ids))
		if err != nil || c.Words == nil || units.Column("electrode_"+name) != nil {
			continue // nothing needs it
		}
		words := make([]string, units.Rows)
		for i := range words {
			words[i] = common(c.Words, rows[i])
		}
		units.Columns = append(units.Columns, &dataset.Column{Name: "electrode_" + name, About: c.About, Words: words})
	}
}

// electrodesOfRows are the electrodes of each unit; nil if a column does not say them.
func electrodesOfRows(c *dataset.Column) [][]float64 {
	switch {
	case c == nil:
		return nil
	case c.Lists != nil:
		return c.Lists
	}
	rows := make([][]float64, len(c.Numbers))
	for i, v := range c.Numbers {
		rows[i] = []float64{v}
	}
	return rows
}

// common is the word that some rows have in common; "" if there is none.
func common(words []string, rows []float64) string {
	var all string
	for i, row := range rows {
		if !(row >= 0 && row < float64(len(words))) {
			return ""
		}
		if word := words[int(row)]; i == 0 {
			all = word
		} else if word != all {
			return ""
		}
	}
	return all
}
