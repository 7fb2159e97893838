package lfads

import (
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
)

func TestRampGolden(t *testing.T) {
	table := golden.Units(t)[""].Array("ramp_table") // start, increase, epoch, ramp
	for i := 0; i < len(table.Data); i += 4 {
		row := table.Data[i : i+4]
		if got := Ramp(int(row[0]), int(row[1]), int(row[2])); got != row[3] {
			t.Errorf("Ramp(%v, %v, %v) = %v, want %v", row[0], row[1], row[2], got, row[3])
		}
	}
	if len(table.Data) == 0 {
		t.Fatal("no rows")
	}
}
