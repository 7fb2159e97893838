package page

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/metric"
)

const storedDocument = "testdata/document.json"

// The document that is stored, for whoever draws, is the one made up here, and comes back from
// JSON as it went.
func TestStoredDocument(t *testing.T) {
	text, err := json.MarshalIndent(madeUp(), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, '\n')
	if os.Getenv("AUTOLFADS_UPDATE") == "1" {
		if err := os.WriteFile(storedDocument, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := os.ReadFile(storedDocument)
	if err != nil || !bytes.Equal(text, stored) {
		t.Errorf("%s is another (%v): AUTOLFADS_UPDATE=1 writes it anew", storedDocument, err)
	}
	var read Document
	if err := json.Unmarshal(stored, &read); err != nil {
		t.Fatal(err)
	}
	again, err := json.MarshalIndent(&read, "", " ")
	if err != nil || !bytes.Equal(append(again, '\n'), stored) {
		t.Errorf("read and written again it is another (%v)", err)
	}
}

// Numbers have six digits, and those that are not finite are null.
func TestNumber(t *testing.T) {
	text, err := json.Marshal([]Number{0, 1.23456789, 1e-7, 123456789, Number(math.NaN()), Number(math.Inf(-1))})
	if want := "[0,1.23457,1e-07,1.23457e+08,null,null]"; err != nil || string(text) != want {
		t.Errorf("%s, %v; want %s", text, err, want)
	}
	var back []Number
	if err := json.Unmarshal(text, &back); err != nil || back[1] != 1.23457 || !math.IsNaN(float64(back[4])) {
		t.Errorf("%v, %v", back, err)
	}
}

func number(v float64) *Number { n := Number(v); return &n }

// madeUp is a document of a run that never was: 2 members, 3 generations, 4 trials of 20 bins
// and 5 neurons, with a bit of everything.
func madeUp() *Document {
	d := &Document{
		Format: Format, Version: "0.0.0", Name: "results", Search: "pbt", Seed: 1<<63 + 1,
		Data: Data{
			Name: "made-up <script>.h5", SHA256: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", BinMs: 10,
			Training: 16, Validation: 4, Bins: 16, Forward: 4, HeldIn: 4, Neurons: 5, Conditions: 2, Counts: true, Unit: "spikes/s",
			Facts: []string{"1.2 % of the numbers were not observed"},
		},
		Commands: []Command{{"run it again", "autolfads run 'made-up <script>.h5' --out again --config RUN/run.yaml --seed 9223372036854775809"}, {"go on with it", "autolfads resume RUN"}},
		State:    State{Status: "finished", Reason: "reached pbt.max_generations, 3", Generation: 2, Most: 3, EpochsDone: 24, EpochsMost: 24, Diverged: 1, Copies: 1},
		Verdict:  []string{"The model predicts held-out neurons better than smoothed spikes do.", "Its rates explain the averages of conditions."},
		Warnings: []Warning{{"diverged", "1 member ended a generation without a score."}, {"silent", "neuron 4 never fires in training trials"}},
		Settings: []Setting{{"pbt.members", "2", "20", true}, {"train.batch_size", "8", "8", false}},
		Scores:   madeUpScores(),
		Skipped:  []string{"scoring true states from factors: there are none"},
		Figures:  []string{"figures/psth.png"},
		Output:   "outputs/made-up.h5",
		Sample:   madeUpSample(),
		Time:     &Time{Wall: 75.5, Training: 140, Epochs: 24, Generations: []Number{40, 20, 15.5}},
		Notes:    []string{"review.json is damaged: byte 3: unexpected end"},
	}
	d.Course = madeUpCourse()
	d.Chosen = &Chosen{
		Place: Place{2, 1}, Words: "generation 2, member 1, epoch 11", Epoch: 11, Score: number(.21), Final: number(.2105),
		Hyper: d.Course.Generations[2].Members[1].Hyper, Among: []string{"It is the best of 2 models, scored anew with 32 posterior draws."},
	}
	return d
}

func madeUpScores() []Score {
	smoothing := .08
	return []Score{
		{Score: evaluate.Score{
			Name: "co-bps", Value: .12, Unit: "bits per spike", Interval: &metric.Interval{Low: .1, High: .15},
			Rivals: []evaluate.Rival{{Name: evaluate.Smoothing, Value: &smoothing, Interval: &metric.Interval{Low: .06, High: .1}, Difference: &metric.Interval{Low: .02, High: .06}, Note: "Gaussian, sd 40 ms"}},
		}},
		{Score: evaluate.Score{Name: "negative log likelihood", Value: .2105, Unit: "nats per element", Rivals: []evaluate.Rival{{Name: evaluate.Smoothing, Note: "it has none"}}}, Lower: true},
	}
}

func madeUpCourse() Course {
	c := Course{
		Unit: "nats per element", ScoreOf: "validation trials", Population: true,
		Hyper: []Hyper{
			{Key: "train.dropout_rate", Low: number(0), High: number(.6), Limit: true},
			{Key: "train.learning_rate", Log: true, Low: number(1e-5), High: number(5e-3), Limit: true},
		},
		Winner:  []Place{{0, 0}, {1, 1}, {2, 1}},
		Thinned: "Of each member's epochs in a generation 4 at most are shown.",
	}
	for g := range 3 {
		at := Generation{Generation: g, Start: 4 * g, Epochs: 4}
		for m := range 2 {
			of := Member{
				Member: m, State: "done", Parent: &Place{g - 1, m}, Score: number(.3 - .03*float64(g) - .01*float64(m)), Epoch: 4*g + 4, At: 4,
				Hyper: []Number{Number(.1 + .1*float64(m) + .02*float64(g)), Number(.004 / float64(1+g+m))}, X: []int{1, 2, 3, 4},
			}
			if g == 0 {
				of.Parent = nil
			}
			for x := range of.X {
				of.Y = append(of.Y, *of.Score+Number(.01*float64(3-x)))
			}
			at.Members = append(at.Members, of)
		}
		c.Generations = append(c.Generations, at)
	}
	lost, copied := &c.Generations[0].Members[1], &c.Generations[1].Members[1]
	lost.State, lost.Score, lost.Fault, lost.X, lost.Y = "diverged", nil, "readout.weight is not finite at step 7 of epoch 2", []int{1}, []Number{.5}
	copied.Parent, copied.Copied = &Place{0, 0}, true
	line := &Line{}
	for e := range 12 {
		loss := Number(.4 - .015*float64(e))
		line.Epoch = append(line.Epoch, e+1)
		line.Train, line.Valid, line.Score = append(line.Train, loss-.02), append(line.Valid, loss+.01), append(line.Score, loss+.02)
		line.LearningRate = append(line.LearningRate, .004)
	}
	c.Line = line
	return c
}

// wave is trials x bins x features of slow waves about 1, each of its own phase and period.
func wave(trials, bins, features int) *dataset.Array {
	a := dataset.NewArray(trials, bins, features)
	for i := range a.Data {
		trial, bin, f := i/features/bins, i/features%bins, i%features
		a.Data[i] = float32(1 + .8*math.Sin(.3*float64(bin)+1.5*float64(trial%2)+float64(f)))
	}
	return a
}

func scaledBy(a *dataset.Array, by float32) *dataset.Array {
	for i := range a.Data {
		a.Data[i] *= by
	}
	return a
}

func madeUpSample() *Sample {
	const trials, bins, neurons = 4, 20, 5
	s := &Sample{
		Split: "validation", Note: "All 4 validation trials, all 5 neurons.", BinMs: 10, Bins: bins, Read: 16, Unit: "spikes/s", Counts: true,
		Conditions: []Condition{{"left & <b>", number(math.Pi)}, {"right", number(0)}}, Directed: true,
		Rates: pack(scaledBy(wave(trials, bins, neurons), 20)), Truth: pack(scaledBy(wave(trials, bins, neurons), 21)),
		Factors: pack(wave(trials, bins, 3)), FactorsOf: 3, Inputs: pack(wave(trials, bins, 1)),
		Space:    &Space{Share: []Number{.7, .2, .1}, Trials: pack(wave(trials, bins, 3)), Means: pack(wave(2, bins, 3))},
		Means:    &Means{Conditions: []int{0, 1}, Neurons: []int{2, 0, 1, 3, 4}, Data: pack(scaledBy(wave(2, bins, neurons), 19)), Rates: pack(scaledBy(wave(2, bins, neurons), 20)), SmoothMs: 50, Trials: []int{10, 10}},
		Behavior: &Behavior{Names: []string{"hand_vel_x (mm/s)", "hand_vel_y (mm/s)"}, Measured: pack(scaledBy(wave(trials, bins, 2), 100)), Decoded: pack(scaledBy(wave(trials, bins, 2), 90)), Plane: []int{0, 1}, Velocity: true},
	}
	r := rand.New(rand.NewPCG(3, 4))
	spikes := wave(trials, bins, neurons)
	for i, rate := range spikes.Data {
		spikes.Data[i] = 0
		for r.Float32() < rate/4 {
			spikes.Data[i]++
		}
	}
	s.Spikes = packCounts(spikes)
	for n := range neurons {
		s.Neurons = append(s.Neurons, Neuron{Name: []string{"12", "13", "40", "41", "7a"}[n], HeldIn: n < 4, Rate: number(20 + float64(n))})
	}
	for i := range trials {
		id := int64(100 + 3*i)
		s.Trials = append(s.Trials, Trial{Trial: i, ID: &id, Condition: i % 2, Angle: s.Conditions[i%2].Angle})
	}
	return s
}
