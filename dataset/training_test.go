package dataset

import (
	"slices"
	"testing"
)

// Trials of both splits are there, in order; what is one array stays one.
func TestAllTraining(t *testing.T) {
	split := func(first float32, trials int) *Split {
		s := &Split{Encod: NewArray(trials, 2, 3), External: NewArray(trials, 2, 1)}
		for i := range s.Encod.Data {
			s.Encod.Data[i] = first + float32(i)
		}
		s.External.Data[0], s.Recon = first, s.Encod
		return s
	}
	d := &Dataset{Train: split(10, 3), Valid: split(100, 2), Test: split(0, 1)}
	all := d.AllTraining()
	if all.Valid != nil || all.Test != nil || all.Train.Trials() != 5 || all.Train.Recon != all.Train.Encod {
		t.Fatalf("%+v", all.Train)
	}
	if got, want := all.Train.Encod.Data, slices.Concat(d.Train.Encod.Data, d.Valid.Encod.Data); !slices.Equal(got, want) {
		t.Errorf("spikes %v, want %v", got, want)
	}
	if got := all.Train.External.Trial(3)[0]; got != 100 {
		t.Errorf("external input of the first validation trial %v, want 100", got)
	}
	d.Valid.Recon, d.Train.External, d.Valid.External = NewArray(2, 2, 3), nil, nil
	if all = d.AllTraining(); all.Train.Recon == all.Train.Encod || all.Train.External != nil {
		t.Errorf("%+v", all.Train)
	}
}

// A model trained on validation trials is judged by test trials of all neurons, called so.
func TestJudgedByTest(t *testing.T) {
	d := &Dataset{Train: &Split{}, Valid: &Split{}, OracleLikelihood: "gaussian", Oracle: 1}
	if d.JudgedByTest() != nil {
		t.Error("without test trials something is judged by them")
	}
	d.Test = &Split{Encod: NewArray(1, 2, 3)}
	if d.JudgedByTest() != nil {
		t.Error("test trials of held-in neurons alone judge all")
	}
	d.Test.Recon = d.Test.Encod
	judged := d.JudgedByTest()
	if judged.Valid != d.Test || judged.Judged() != "test" || judged.OracleLikelihood != "" {
		t.Errorf("%+v", judged)
	}
	if none := (*Dataset)(nil); d.Judged() != "validation" || none.Judged() != "validation" {
		t.Error("trials of Valid are called otherwise than validation")
	}
}
