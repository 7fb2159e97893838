package paper

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// outputsTable is methods by the outputs that some names are of.
func outputsTable(names ...string) *Table {
	t := &Table{Panel: "2f, g", Columns: []Column{{scoreKey, "behaviour R2", 3}}}
	for i, name := range names {
		t.Columns = append(t.Columns, Column{outputKey(i), name, 3})
	}
	for i, name := range []string{autoLFADS, smoothing, knownRates} {
		row := Row{Name: name}
		row.set(scoreKey, .9-.1*float64(i))
		for k := range names {
			row.set(outputKey(k), .9-.1*float64(i))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Sentences are of the outputs that are asked about where these are named, else of all; of
// many there are means alone.
func TestOutputs(t *testing.T) {
	hand := outputsTable("hand_vel x", "hand_vel y", "position x")
	if got := velocities(outputsOf(hand)); len(got) != 2 || got[1].Title != "hand_vel y" {
		t.Errorf("velocities %v", got)
	}
	if got := velocities(outputsOf(outputsTable("a", "b"))); len(got) != 2 {
		t.Errorf("of outputs that nothing names: %v", got)
	}
	limb := outputsTable("angle 1", "acceleration 1")
	if got := accelerations(limb); len(got) != 1 || got[0].Key != outputKey(1) {
		t.Errorf("accelerations %v", got)
	}
	if got := boundText(hand, outputsOf(hand)[:1]); got != " True rates give hand_vel x .700, for comparison." {
		t.Errorf("the bound: %q", got)
	}
	if got := methodsAlone(hand); len(got.Rows) != 2 || boundText(got, outputsOf(hand)) != "" {
		t.Errorf("true rates are among the methods: %v", got.Rows)
	}
	few, many := valuesText(hand, outputsOf(hand)), valuesText(outputsTable("a", "b", "c", "d", "e", "f", "g"), outputsOf(outputsTable("a", "b", "c", "d", "e", "f", "g")))
	if !strings.Contains(few, "position x: AutoLFADS .900, .900, .900; smoothing") || !strings.Contains(many, "mean of 7 (least to most): AutoLFADS .900 (.900 to .900)") {
		t.Errorf("few outputs: %q; many: %q", few, many)
	}
}

// A figure of outputs has a line for each method and a guide for the true rates, also where
// a method has no score.
func TestOutputsFigure(t *testing.T) {
	table := outputsTable("x", "y")
	delete(table.Rows[1].Values, outputKey(1))
	figures := outputsFigure(table, "joints", "Decoded", "validation trials")
	if len(figures) != 1 {
		t.Fatalf("figures %v", figures)
	}
	if err := figures[0].Of.Write(filepath.Join(t.TempDir(), "a.svg")); err != nil {
		t.Error(err)
	}
	if got := outputsFigure(&Table{}, "joints", "Decoded", "validation trials"); got != nil {
		t.Errorf("of no outputs there is a figure: %v", got)
	}
}

// Data that an experiment cannot measure are told before anything is trained.
func TestWhatCannotBeMeasured(t *testing.T) {
	d := &dataset.Dataset{Name: "events", Train: &dataset.Split{}, Valid: &dataset.Split{}}
	for _, check := range []func(*dataset.Dataset) error{hasBehavior, hasStates, hasIntervals, isContinuous} {
		if err := check(d); err == nil || !strings.Contains(err.Error(), "events has") {
			t.Errorf("error %v", err)
		}
	}
	d.Train.Behavior, d.Valid.Behavior = dataset.NewArray(1, 1, 1), dataset.NewArray(1, 1, 1)
	for _, check := range []func(*dataset.Dataset) error{hasBehavior, hasStates} {
		if err := check(d); err != nil {
			t.Error(err)
		}
	}
	d.Chop = &dataset.Chop{Window: 1, Power: 2, Bins: 9}
	d.Train.Encod, d.Valid.Encod = d.Train.Behavior, d.Train.Behavior
	d.Train.Starts, d.Valid.Starts = []int64{0}, []int64{4}
	if err := isContinuous(d); err != nil {
		t.Error(err)
	}
	d.Train.Starts = nil
	d.Train.Encod, d.Train.Behavior = dataset.NewArray(0, 1, 1), dataset.NewArray(0, 1, 1)
	if err := isContinuous(d); err == nil || !strings.Contains(err.Error(), "divided by blocks") {
		t.Errorf("of windows that validate alone: %v", err)
	}
}
