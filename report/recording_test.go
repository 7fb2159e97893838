package report

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"testing"
	"time"

	"gonum.org/v1/plot/vg"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare"
)

// few is a recording of 10 trials of 4 bins of 10 ms: the second of two units fires
// twice as often as the first, in other bins, and one bin was not observed. Of the
// conditions left and right, right has trials to validate with.
func few() *Recording {
	all := &dataset.Split{Encod: dataset.NewArray(10, 4, 2), Behavior: dataset.NewArray(10, 4, 1)}
	for i := range 10 {
		copy(all.Encod.Trial(i), []float32{0, 2, 1, 0, 0, 0, float32(math.NaN()), 0})
		copy(all.Behavior.Trial(i), []float32{0, 1, 2, float32(i)})
		all.Condition = append(all.Condition, int64(i%2))
		all.TrialIDs = append(all.TrialIDs, int64(100+i))
	}
	all.Recon = all.Encod
	d := &dataset.Dataset{Name: "few", BinWidth: 10 * time.Millisecond, Conditions: []string{"left", "right"}, Outputs: []dataset.Quantity{{Name: "speed", Unit: "m/s"}}}
	d.Divide(all, dataset.Division{Share: .2})
	return &Recording{Title: "Title", Dataset: d, Start: -20 * time.Millisecond, Event: "go"}
}

// inside is a place in a box, from its left and from its top, as shares.
func inside(b box, x, y vg.Length) (left, top vg.Length) { return b.left + x*b.w, b.top + y*b.h }

func firstRaster() box {
	return box{recordingLeft, recordingTop, (recordingWidth - 12*(recordingTrials-1)) / recordingTrials, rasterHeight}
}

// The first trial shows its spikes and what was not observed, the unit of the higher
// rate at the top.
func TestRecordingShowsSpikes(t *testing.T) {
	img, _ := render(t, few())
	for _, q := range []struct {
		x, y vg.Length
		want color.RGBA
	}{
		{.125, .25, ink},
		{.375, .25, paper},
		{.375, .75, ink},
		{.125, .75, paper},
		{.875, .75, missing},
		{.875, .25, paper},
	} {
		x, y := inside(firstRaster(), q.x, q.y)
		if got := pixel(img, x, y); got != q.want {
			t.Errorf("raster at %v, %v is %v, want %v", q.x, q.y, got, q.want)
		}
	}
}

// Rates are means over what was observed, in spikes/s.
func TestRecordingAverages(t *testing.T) {
	d := few().prepare()
	if want := []float64{100. / 3, 50}; !slices.EqualFunc(d.rates, want, func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }) {
		t.Errorf("rates %v, want %v", d.rates, want)
	}
	if want := []float64{100, 50, 0, 0}; !slices.Equal(d.course, want) {
		t.Errorf("course %v, want %v", d.course, want)
	}
	if !slices.Equal(d.order, []int{1, 0}) || !d.spikes || d.used != 8 {
		t.Errorf("order %v, spikes %v, %d trials", d.order, d.spikes, d.used)
	}
}

// A bar a condition, its parts as long as the splits are large.
func TestRecordingCountsTrials(t *testing.T) {
	f := few()
	d := f.prepare()
	names, counts := d.countTrials()
	if fmt.Sprint(names) != "[left right]" || total(counts[0])+total(counts[1]) != 10 || counts[0][1]+counts[1][1] != 2 {
		t.Fatalf("%v %v", names, counts)
	}
	img, _ := render(t, f)
	b := rowOf(3, recordingTop+rasterHeight+2*recordingGap+recordingRow)[2]
	b.left, b.w = b.left+22, b.w-22
	for row := range counts {
		at := vg.Length(0)
		for i, n := range counts[row] {
			x, y := inside(b, (at+vg.Length(n)/2)/vg.Length(1.04*total(counts[slices.IndexFunc(counts, func(c []float64) bool { return total(c) == 5 })])), (vg.Length(row)+.5)/2)
			if got := pixel(img, x, y); n > 0 && got != splitColours[i] {
				t.Errorf("condition %s, part %d of %v is %v", names[row], i, n, got)
			}
			at += vg.Length(n)
		}
	}
}

// Trials that are shown are of different conditions, and of a few spread over many;
// without conditions they are spread over all.
func TestSpreadTrials(t *testing.T) {
	s := &dataset.Split{Encod: dataset.NewArray(100, 1, 1)}
	if got := spreadTrials(s, 4); !slices.Equal(got, []int{0, 25, 50, 75}) {
		t.Errorf("without conditions %v", got)
	}
	for i := range 100 {
		s.Condition = append(s.Condition, int64(i%8))
	}
	if got := spreadTrials(s, 4); !slices.Equal(got, []int{0, 2, 4, 6}) {
		t.Errorf("of 8 conditions %v", got)
	}
	s.Encod = dataset.NewArray(2, 1, 1)
	s.Condition = nil
	if got := spreadTrials(s, 4); !slices.Equal(got, []int{0, 1}) {
		t.Errorf("of two trials %v", got)
	}
}

// What is no count is a map, each channel from light to dark.
func TestRecordingOfSignals(t *testing.T) {
	f := few()
	for _, s := range []*dataset.Split{f.Dataset.Train, f.Dataset.Valid} {
		for i := range s.Trials() {
			copy(s.Encod.Trial(i), []float32{-1.5, 2e6, .5, 0, .5, 0, .5, 0})
		}
	}
	img, _ := render(t, f)
	for _, q := range []struct {
		x, y vg.Length
		want color.RGBA
	}{{.125, .25, shade(1)}, {.375, .25, shade(0)}, {.125, .75, shade(0)}, {.9, .75, shade(1)}} {
		x, y := inside(firstRaster(), q.x, q.y)
		if got := pixel(img, x, y); got != q.want {
			t.Errorf("map at %v, %v is %v, want %v", q.x, q.y, got, q.want)
		}
	}
}

// Whatever a dataset has or lacks is drawn, in the same bytes each time.
func TestRecordingOfAnything(t *testing.T) {
	for name, change := range map[string]func(f *Recording){
		"all":               func(*Recording) {},
		"no behaviour":      func(f *Recording) { f.Dataset.Train.Behavior, f.Dataset.Valid.Behavior = nil, nil },
		"no conditions":     func(f *Recording) { f.Dataset.Train.Condition, f.Dataset.Valid.Condition = nil, nil },
		"no names":          func(f *Recording) { f.Dataset.Outputs, f.Dataset.Conditions, f.Dataset.Train.TrialIDs = nil, nil, nil },
		"no event":          func(f *Recording) { f.Event, f.Start = "", 0 },
		"a test split":      func(f *Recording) { f.Dataset.Test = f.Dataset.Valid },
		"nothing observed":  func(f *Recording) { fillAll(f, float32(math.NaN())) },
		"silence":           func(f *Recording) { fillAll(f, 0) },
		"a constant signal": func(f *Recording) { fillAll(f, -.5) },
		"overflow":          func(f *Recording) { fillAll(f, float32(math.Inf(1))) },
		"held-out units and forward bins": func(f *Recording) {
			f.Dataset.Train.Encod, f.Dataset.Valid.Encod = dataset.NewArray(8, 3, 1), dataset.NewArray(2, 3, 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := few()
			change(f)
			_, a := render(t, f)
			if _, b := render(t, f); !bytes.Equal(a, b) {
				t.Error("two files of the same data differ")
			}
		})
	}
}

func fillAll(f *Recording, v float32) {
	for i := range f.Dataset.Train.Encod.Data {
		f.Dataset.Train.Encod.Data[i] = v
	}
}

// The figure without behaviour is lower by a row.
func TestRecordingHeight(t *testing.T) {
	f := few()
	with, _ := render(t, f)
	f.Dataset.Train.Behavior = nil
	without, _ := render(t, f)
	if lost, want := height(with)-height(without), int((recordingGap + recordingRow).Dots(dpi)); lost != want {
		t.Errorf("%d pixels lower, want %d", lost, want)
	}
}

func height(img image.Image) int { return img.Bounds().Dy() }

// What prepare reports is in the heading, and time is from its event.
func TestRecordingOf(t *testing.T) {
	r := &prepare.Report{Name: "session", Table: "trials", Align: "go_cue_time", Window: prepare.Window{From: -250, To: 450}, BinMs: 5, Bins: 140, Trials: 12}
	f := RecordingOf(few().Dataset, r)
	if f.Event != "go_cue_time" || f.Start != -250*time.Millisecond || f.Title != "What was made of session" || f.Subtitle != "12 trials of 140 bins of 5 ms" {
		t.Errorf("%+v", f)
	}
	r.Table = ""
	if f := RecordingOf(few().Dataset, r); f.Event != "" || f.Start != 0 {
		t.Errorf("of windows: %+v", f)
	}
}

// Nothing is written over the headings of panels where there are many: with trials to
// test with, and a fourth dimension of behaviour, they look as they do without.
func TestRecordingHeadings(t *testing.T) {
	plain, full := few(), few()
	full.Dataset.Test = full.Dataset.Valid
	wide := func(f *Recording, n int) {
		for _, s := range []*dataset.Split{f.Dataset.Train, f.Dataset.Valid} {
			s.Behavior = dataset.NewArray(s.Trials(), 4, n)
		}
		f.Dataset.Outputs = slices.Repeat([]dataset.Quantity{{Name: "hand_vel 0", Unit: "m/s"}}, n)
	}
	wide(full, 4)
	wide(plain, 3)
	a, _ := render(t, plain)
	b, _ := render(t, full)
	trials := rowOf(3, recordingTop+rasterHeight+2*recordingGap+recordingRow)[2]
	second := rowOf(4, recordingTop+rasterHeight+recordingGap)[1]
	if !sameInk(a, b, trials.left+22, trials.top) {
		t.Error("the heading of the trials is written over")
	}
	second.left -= 8
	if hasInk(b, second, 8) {
		t.Error("the heading of the first dimension reaches to the second")
	}
}

// sameInk compares two figures where a heading of a panel begins.
func sameInk(a, b image.Image, left, top vg.Length) bool {
	for x := vg.Length(0); x < 28; x += .5 {
		for y := vg.Length(3); y < 13; y += .5 {
			if pixel(a, left+x, top-y) != pixel(b, left+x, top-y) {
				return false
			}
		}
	}
	return true
}

// hasInk reports whether something is written in front of a panel, in the row of its
// heading.
func hasInk(img image.Image, b box, w vg.Length) bool {
	for x := vg.Length(0); x < w; x += .5 {
		for y := vg.Length(3); y < 13; y += .5 {
			if pixel(img, b.left+x, b.top-y) != paper {
				return true
			}
		}
	}
	return false
}
