package pbt

import "testing"

// Automatic generations are the paper's where an epoch has many steps, and longer where
// it has few; numbers that were given stay.
func TestResolve(t *testing.T) {
	for _, c := range []struct {
		first, later         Epochs
		steps                int
		wantFirst, wantLater Epochs
	}{
		{Auto, Auto, 10, 105, 25},
		{Auto, Auto, 4, 130, 25},
		{Auto, Auto, 3, 174, 34},
		{Auto, Auto, 2, 260, 50},
		{Auto, Auto, 1, 520, 100},
		{Auto, 30, 2, 260, 30},
		{40, Auto, 2, 40, 50},
		{0, 25, 2, 0, 25},
	} {
		config := Config{FirstGenerationEpochs: c.first, EpochsPerGeneration: c.later}
		config.Resolve(c.steps, 80)
		if config.FirstGenerationEpochs != c.wantFirst || config.EpochsPerGeneration != c.wantLater {
			t.Errorf("%v and %v with %d steps an epoch: %v and %v, want %v and %v", c.first, c.later, c.steps,
				config.FirstGenerationEpochs, config.EpochsPerGeneration, c.wantFirst, c.wantLater)
		}
	}
}

func TestEpochsText(t *testing.T) {
	for text, want := range map[string]Epochs{"auto": Auto, "0": 0, "25": 25, "25.0": 25, "1e3": 1000} {
		var e Epochs
		if err := e.UnmarshalText([]byte(text)); err != nil || e != want {
			t.Errorf("%q is %d, %v", text, e, err)
		}
	}
	for _, text := range []string{"", "Auto", "-1", "2.5", "1e30", "NaN"} {
		var e Epochs
		if err := e.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is %d", text, e)
		}
	}
}
