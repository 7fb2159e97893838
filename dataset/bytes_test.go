package dataset

import "testing"

// Arrays are counted once each, of all splits that there are.
func TestDatasetBytes(t *testing.T) {
	spikes := NewArray(3, 5, 7)
	d := Dataset{
		Train: &Split{Encod: spikes, Recon: spikes, Behavior: NewArray(3, 5, 2)},
		Valid: &Split{Encod: NewArray(1, 5, 7), Recon: NewArray(1, 6, 8), DecodeMask: NewArray(1, 1, 1)},
	}
	if got, want := d.Bytes(), int64(4*(3*5*7+3*5*2+5*7+6*8+1)); got != want {
		t.Errorf("%d bytes, want %d", got, want)
	}
}
