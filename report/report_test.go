package report

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/plot/vg"
)

func TestShade(t *testing.T) {
	if shade(0) != sequential[0] || shade(1) != sequential[8] || shade(-1) != sequential[0] || shade(9) != sequential[8] {
		t.Error("the ends of the scale are not its first and last colours")
	}
	if shade(math.NaN()) != missing {
		t.Error("missing data look like a rate")
	}
	// Every step up is darker, also in grey.
	grey := func(c color.RGBA) float64 { return .299*float64(c.R) + .587*float64(c.G) + .114*float64(c.B) }
	for i := range 100 {
		if v := float64(i) / 100; grey(shade(v+.01)) >= grey(shade(v)) {
			t.Errorf("shade(%v) is not darker than shade(%v)", v+.01, v)
		}
	}
}

func TestNiceTicks(t *testing.T) {
	for _, c := range []struct {
		span span
		n    int
		want string
	}{
		{span{0, 1000}, 5, "0 200 400 600 800 1000"},
		{span{-250, 250}, 3, "\u2212200 0 200"},
		{span{0, .3}, 3, "0 0.1 0.2 0.3"},
		{span{0, 57.3}, 3, "0 20 40"},
		{span{-1.06, 1.06}, 5, "\u22121 \u22120.5 0 0.5 1"},
		{span{-16.924156384, math.Nextafter(-16.924156384, 0)}, 6, ""},
		{span{2, 2}, 6, ""},
		{span{0, 3e-5}, 4, "0 1e-05 2e-05 3e-05"},
	} {
		var got []string
		for _, v := range niceTicks(c.span, c.n) {
			got = append(got, decimal(v))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("ticks of %v: %s, want %s", c.span, s, c.want)
		}
	}
}

func TestByPeakTime(t *testing.T) {
	nan := float32(math.NaN())
	b := newBlock("rates", 3, 4, []float32{
		0, 9, nan, 1,
		0, 1, 2, 1,
		5, 1, 1, 4,
	}, 1)
	if got := byPeakTime(b); !slices.Equal(got, []int{1, 2, 0, 3}) {
		t.Errorf("order %v", got)
	}
}

func TestColourScale(t *testing.T) {
	b := &block{1000, 1, make([]float32, 1000)}
	for i := range b.data {
		b.data[i] = 37
	}
	if s, clipped := colourScale(b, nil); s != (span{0, 40}) || clipped {
		t.Errorf("scale %v, clipped %v, for a rate of 37", s, clipped)
	}
	b.data[5] = 900
	if s, clipped := colourScale(b); s != (span{0, 40}) || !clipped {
		t.Errorf("scale %v, clipped %v, with one rate of 900", s, clipped)
	}
	silent := &block{2, 1, []float32{0, float32(math.NaN())}}
	if s, _ := colourScale(silent); s != (span{0, 1}) {
		t.Errorf("scale %v of silence", s)
	}
}

func TestClock(t *testing.T) {
	c := newClock(100, 5*time.Millisecond, -250*time.Millisecond, "go")
	if c.label != "Time from go (ms)" || c.span(100) != (span{-250, 250}) || c.centres(100)[0] != -247.5 {
		t.Errorf("%+v %v", c, c.span(100))
	}
	if c = newClock(201, 10*time.Millisecond, 0, ""); c.label != "Time (s)" || c.span(201) != (span{0, 2.01}) {
		t.Errorf("%+v %v", c, c.span(201))
	}
}

// trial is 2 neurons in 4 bins of 10 ms: the first fires at 100 spikes/s in
// the first half, the second in the second.
func trial() *SpikesToRates {
	rates := []float32{1, 0, 1, 0, 0, 1, 0, 1}
	return &SpikesToRates{
		Title: "Title", BinWidth: 10 * time.Millisecond, Neurons: 2,
		Spikes: []float32{2, 0, 0, 0, 0, 1, 0, 0}, Rates: rates, Truth: slices.Clone(rates),
	}
}

func velocityTrials() *SpikesRatesVelocity {
	f := trial()
	v := VelocityTrial{Label: "Trial 1", Spikes: f.Spikes, Rates: f.Rates, Measured: []float32{0, 1, 2, 3}, Decoded: []float32{0, 1, 1, 2}}
	return &SpikesRatesVelocity{
		Title: "Title", BinWidth: f.BinWidth, Neurons: 2, Outputs: []string{"speed"}, Unit: "mm/s",
		Event: "go", Start: -20 * time.Millisecond, Trials: []VelocityTrial{v, v},
	}
}

type figure interface{ Write(path string) error }

func render(t *testing.T, f figure) (image.Image, []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "figure.png")
	if err := f.Write(path); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return img, file
}

// pixel returns the colour at a point given in points from the top left.
func pixel(img image.Image, x, y vg.Length) color.RGBA {
	return color.RGBAModel.Convert(img.At(int(x.Dots(dpi)), int(y.Dots(dpi)))).(color.RGBA)
}

// The maps' colours are those of the rates: quarters of the map of two neurons
// over two halves of a trial are light or dark as they should be.
func TestMapsShowTheRates(t *testing.T) {
	f := trial()
	f.Truth[0] = float32(math.NaN())
	img, _ := render(t, f)
	for row, name := range []string{"true", "inferred"} {
		top := mapsTop + vg.Length(row+1)*(mapHeight+mapGap)
		for _, q := range []struct {
			x, y vg.Length
			want color.RGBA
		}{
			{.4, .25, shade(1)},
			{.9, .25, shade(0)},
			{.1, .75, shade(0)},
			{.9, .75, shade(1)},
		} {
			if got := pixel(img, mapsLeft+q.x*mapsWidth, top+q.y*mapHeight); got != q.want {
				t.Errorf("%s rates at %v, %v are %v, want %v", name, q.x, q.y, got, q.want)
			}
		}
	}
	if got := pixel(img, mapsLeft+.1*mapsWidth, mapsTop+mapHeight+mapGap+.25*mapHeight); got != missing {
		t.Errorf("a missing true rate is %v", got)
	}
}

// Spikes are ink in their bin and row, and paper is left beside them.
func TestRasterShowsTheSpikes(t *testing.T) {
	img, _ := render(t, trial())
	for _, q := range []struct {
		x, y vg.Length
		want color.RGBA
	}{
		{.125, .25, ink},
		{.625, .75, ink},
		{.625, .25, paper},
		{.125, .75, paper},
	} {
		if got := pixel(img, mapsLeft+q.x*mapsWidth, mapsTop+q.y*mapHeight); got != q.want {
			t.Errorf("raster at %v, %v is %v, want %v", q.x, q.y, got, q.want)
		}
	}
}

// What was not observed is grey, in the raster and beneath a neuron's curve, and no
// spike; rates are drawn there, too.
func TestMissingSpikesAreGrey(t *testing.T) {
	f, nan := trial(), float32(math.NaN())
	f.Spikes = []float32{2, nan, 0, nan, nan, 1, 0, nan}
	f.Curves = []int{1}
	img, _ := render(t, f)
	for _, q := range []struct {
		x, y vg.Length
		want color.RGBA
	}{
		{.125, .25, ink},
		{.375, .25, paper},
		{.625, .25, missing},
		{.875, .25, paper},
		{.25, .75, missing}, // two bins of the second neuron, and none between them
		{.625, .75, ink},
		{.875, .75, missing},
	} {
		if got := pixel(img, mapsLeft+q.x*mapsWidth, mapsTop+q.y*mapHeight); got != q.want {
			t.Errorf("raster at %v, %v is %v, want %v", q.x, q.y, got, q.want)
		}
	}
	strip := mapsTop + 3*mapHeight + 2*mapGap - 4.5
	for x, want := range map[vg.Length]color.RGBA{.25: missing, .625: ink, .875: missing} {
		if got := pixel(img, curvesLeft+x*curvesWidth, strip); got != want {
			t.Errorf("strip beneath a curve at %v is %v, want %v", x, got, want)
		}
	}
	if with, without := f.prepare().details(), trial().prepare().details(); with != without+"; "+greyIs {
		t.Errorf("grey is said to be %q with gaps, %q without", with, without)
	}
	v := velocityTrials()
	before := v.prepare().gaps()
	v.Trials[1].Spikes = slices.Repeat([]float32{nan}, 8)
	if after := v.prepare().gaps(); before != "" || after != greyIs {
		t.Errorf("grey is said to be %q without any, %q with some", before, after)
	}
	img, _ = render(t, v)
	if got := pixel(img, width-columnsRight-60, columnsTop+.5*mapHeight); got != missing {
		t.Errorf("a trial that is missing is %v", got)
	}
}

func TestUnknownTruthTakesNoRoom(t *testing.T) {
	f := trial()
	with, _ := render(t, f)
	f.Truth = nil
	without, _ := render(t, f)
	lost := with.Bounds().Dy() - without.Bounds().Dy()
	if want := int((mapHeight + mapGap).Dots(dpi)); lost != want {
		t.Errorf("the figure without truth is %d pixels lower, want %d", lost, want)
	}
}

// Measured and decoded behaviour both appear, and the two trials alike.
func TestVelocityShowsBothCurves(t *testing.T) {
	img, _ := render(t, velocityTrials())
	count := map[color.RGBA]int{}
	left, right := 0, 0
	b := img.Bounds()
	top := int((columnsTop + 2*(mapHeight+mapGap)).Dots(dpi))
	for y := top; y < b.Max.Y; y++ {
		for x := range b.Max.X {
			c := color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)
			count[c]++
			if c == inferred && x < b.Max.X/2 {
				left++
			} else if c == inferred {
				right++
			}
		}
	}
	// A curve is over 2 pixels wide and over 300 long in each half.
	if count[truth] < 1200 || left < 600 || right < 600 {
		t.Errorf("%d pixels of measured, %d and %d of decoded behaviour", count[truth], left, right)
	}
}

func TestFiguresAreDeterministic(t *testing.T) {
	for _, f := range []figure{trial(), velocityTrials()} {
		_, a := render(t, f)
		_, b := render(t, f)
		if !bytes.Equal(a, b) {
			t.Errorf("%T: two files of the same data differ", f)
		}
	}
}

// Rates that overflowed, silence, and behaviour that never moves draw.
func TestDegenerateDataDraw(t *testing.T) {
	f := trial()
	f.Rates = []float32{0, 0, 0, 0, float32(math.Inf(1)), float32(math.NaN()), 0, 0}
	f.Truth = make([]float32, 8)
	img, _ := render(t, f)
	top := mapsTop + 2*(mapHeight+mapGap)
	if got := pixel(img, mapsLeft+.6*mapsWidth, top+.25*mapHeight); got != missing {
		t.Errorf("an infinite rate is %v, want that of missing data", got)
	}
	v := velocityTrials()
	v.Trials[0].Measured, v.Trials[0].Decoded = make([]float32, 4), make([]float32, 4)
	v.Trials = v.Trials[:1]
	if d := v.prepare(); d.velocity.max <= d.velocity.min {
		t.Errorf("behaviour that never moves has the range %v", d.velocity)
	}
	render(t, v)
}

func TestErrors(t *testing.T) {
	unknown, none := trial(), velocityTrials()
	unknown.BinWidth = 0
	none.Trials = nil
	for _, c := range []struct {
		figure figure
		path   string
		says   string
	}{
		{unknown, "a.png", "width of bins is not known"},
		{none, "a.png", "no trials"},
		{trial(), filepath.Join("absent", "a.png"), "absent"},
	} {
		err := c.figure.Write(filepath.Join(t.TempDir(), c.path))
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one with %q", err, c.says)
		}
	}
}

func TestMismatchPanics(t *testing.T) {
	defer func() {
		if m, _ := recover().(string); !strings.Contains(m, "rates: 7 numbers for 4 bins x 2") {
			t.Errorf("panic says %q", m)
		}
	}()
	f := trial()
	f.Rates = f.Rates[:7]
	f.Write(filepath.Join(t.TempDir(), "a.png"))
}
