package ingest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

// nwbAbout are the texts that a file has on its session, in the order told.
var nwbAbout = []string{
	"identifier", "session_description", "session_start_time", "general/session_id", "general/experiment_description",
	"general/experimenter", "general/lab", "general/institution", "general/keywords", "general/subject/subject_id",
	"general/subject/species", "general/subject/sex", "general/subject/age", "general/subject/genotype",
	"general/subject/description",
}

// describe tells what the file says of its session, and of its electrodes.
func (n *nwbFile) describe(r *dataset.Recording) {
	root := n.file.Root()
	version, _ := nwbVersion(root)
	tell := func(name, value string) {
		if value = oneLine(value); value != "" {
			r.Attributes = append(r.Attributes, dataset.Attribute{Name: name, Value: value})
		}
	}
	tell("nwb_version", version)
	for _, path := range nwbAbout {
		name := path[strings.LastIndex(path, "/")+1:]
		if strings.HasSuffix(path, "subject/description") {
			name = "subject"
		}
		if d, err := root.Dataset(path); err == nil {
			tell(name, allText(d))
		}
	}
	tell("electrodes", n.electrodes())
	if d, err := root.Dataset(nwbUnits + "/" + nwbSpikes); err == nil {
		if attrs, err := nwbAttrsOf(d); err == nil {
			if v, err := attrs.number("resolution", 0); err == nil && v > 0 {
				tell("spike time resolution", fmt.Sprintf("%g s", v))
			}
		}
	}
}

// allText joins a data set's few texts.
func allText(d *hdf5.Dataset) string {
	const most = 64
	shape := d.Shape()
	if len(shape) > 1 || len(shape) == 1 && shape[0] > most || !d.Type().IsText() || d.Type().Size > 1<<16 {
		return firstText(d)
	}
	all, err := d.Strings()
	if err != nil {
		return ""
	}
	return strings.Join(all, "; ") // names of people have commas
}

const nwbElectrodes = "general/extracellular_ephys/electrodes"

// electrodeTable is the table of all electrodes; nil if there is none.
func (n *nwbFile) electrodeTable() *nwbGroup {
	g, err := n.file.Root().Group(nwbElectrodes)
	if err != nil {
		return nil
	}
	table, err := newNWBGroup(g, nwbElectrodes)
	if err != nil {
		return nil
	}
	return table
}

// electrodeIDs are the ids of all electrodes; none if they cannot be read.
func (n *nwbFile) electrodeIDs() []string {
	if table := n.electrodeTable(); table != nil && table.has("id") {
		if ids, err := n.readIDs(table); err == nil {
			return ids
		}
	}
	return nil
}

// electrodes tells how many there are, and where.
func (n *nwbFile) electrodes() string {
	ids := n.electrodeIDs()
	if len(ids) == 0 {
		return ""
	}
	c, err := n.column(n.electrodeTable(), "location", len(ids))
	if err != nil || c.Words == nil {
		return fmt.Sprint(len(ids))
	}
	places := map[string]int{}
	for _, place := range c.Words {
		places[place]++
	}
	names := slices.SortedFunc(maps.Keys(places), func(a, b string) int {
		return cmp.Or(places[b]-places[a], cmp.Compare(a, b))
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%d in %s", places[name], cmp.Or(name, "a place not said"))
	}
	if len(names) == 1 {
		return names[0]
	}
	return fmt.Sprintf("%d: %s", len(ids), someOf(names))
}
