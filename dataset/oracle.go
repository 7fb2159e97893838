package dataset

import (
	"fmt"
	"maps"
	"slices"

	"github.com/autolfads/autolfads/tree"
)

// Attributes of a file that say how probable its validation trials are under the
// distribution they were drawn from: see Dataset.Oracle.
const (
	attrOracle           = "oracle_nll"        // nats per element
	attrOracleLikelihood = "oracle_likelihood" // as model.likelihood names it
)

// oracle reads them. What is not a number and a name is noted and left out: no
// model needs it.
func (l *loader) oracle(d *Dataset) {
	value, has, err := tree.Number(l.group, attrOracle)
	name, named := tree.Text(l.group, attrOracleLikelihood)
	switch {
	case err != nil:
		l.notes = append(l.notes, fmt.Sprintf("%s is not used: %v", attrOracle, err))
	case has && value-value != 0:
		l.notes = append(l.notes, fmt.Sprintf("%s is not used: it is %v", attrOracle, value))
	case has && (!named || name == ""):
		l.notes = append(l.notes, fmt.Sprintf("%s is not used: attribute %s does not name a likelihood", attrOracle, attrOracleLikelihood))
	case has:
		d.Oracle, d.OracleLikelihood = value, name
	}
}

// attributes writes what is not an array.
func (w *writer) attributes(d *Dataset) {
	if d.OracleLikelihood != "" {
		w.attribute(attrOracle, d.Oracle)
		w.attribute(attrOracleLikelihood, d.OracleLikelihood)
	}
	if d.Divided != nil {
		w.attribute(attrShare, d.Divided.Share)
		w.attribute(attrSeed, d.Divided.Seed)
	}
	w.names(d)
	w.chop(d.Chop)
	for _, name := range slices.Sorted(maps.Keys(d.Attributes)) {
		w.attribute(name, d.Attributes[name])
	}
}

func (w *writer) attribute(name string, value any) { w.do(w.file.SetAttr("/", name, value)) }
