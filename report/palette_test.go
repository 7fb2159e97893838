package report

import (
	"image/color"
	"math"
	"testing"
)

// eyes turn linear red, green and blue into what is seen with all kinds of cones, and
// without those of long, of middle and of short waves (Machado, Oliveira and Fernandes 2009).
var eyes = map[string][3][3]float64{
	"all":          {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{.152286, 1.052583, -.204868}, {.114503, .786281, .099216}, {-.003882, -.048116, 1.051998}},
	"deuteranopia": {{.367322, .860646, -.227968}, {.280085, .672501, .047413}, {-.011820, .042940, .968881}},
	"tritanopia":   {{1.255528, -.076749, -.178779}, {-.078411, .930809, .147602}, {.004733, .691367, .303900}},
}

func times(m [3][3]float64, v [3]float64) (out [3]float64) {
	for i, row := range m {
		for j, x := range row {
			out[i] += x * v[j]
		}
	}
	return out
}

// lab is how a colour looks (CIE 1976 L*a*b*), to an eye.
func lab(c color.RGBA, eye [3][3]float64) [3]float64 {
	var linear [3]float64
	for i, v := range []uint8{c.R, c.G, c.B} {
		if x := float64(v) / 255; x <= .04045 {
			linear[i] = x / 12.92
		} else {
			linear[i] = math.Pow((x+.055)/1.055, 2.4)
		}
	}
	seen := times(eye, linear)
	for i, v := range seen {
		seen[i] = min(max(v, 0), 1)
	}
	xyz := times([3][3]float64{{.4124, .3576, .1805}, {.2126, .7152, .0722}, {.0193, .1192, .9505}}, seen)
	f := func(t float64) float64 {
		if t > 216./24389 {
			return math.Cbrt(t)
		}
		return (24389./27*t + 16) / 116
	}
	x, y, z := f(xyz[0]/.9505), f(xyz[1]), f(xyz[2]/1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func apart(a, b [3]float64) float64 {
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}

// toldApart sees that eyes of every kind tell colours apart: 2 is what can just be seen side by
// side.
func toldApart(t *testing.T, all []color.RGBA) {
	t.Helper()
	for name, eye := range eyes {
		for i, a := range all {
			for _, b := range all[:i] {
				if d := apart(lab(a, eye), lab(b, eye)); d < 10 {
					t.Errorf("%s: %v and %v are %.1f apart", name, a, b, d)
				}
			}
		}
	}
}

// Methods, and what is known, are told apart by eyes of every kind. Directions a quarter of a
// turn apart are, too.
func TestColoursAreToldApart(t *testing.T) {
	all := []color.RGBA{truth}
	for _, l := range looks {
		all = append(all, l.colour)
	}
	toldApart(t, all)
	for name, eye := range eyes {
		for i, a := range wheel {
			if d := apart(lab(a, eye), lab(wheel[(i+3)%len(wheel)], eye)); d < 20 {
				t.Errorf("%s: directions %d and a quarter on are %.1f apart", name, i, d)
			}
			if d := apart(lab(a, eye), lab(paper, eye)); d < 25 {
				t.Errorf("%s: direction %d is %.1f from paper", name, i, d)
			}
		}
	}
}

// Directions go round: each has its colour at its angle, whatever the turns.
func TestDirection(t *testing.T) {
	for i, want := range wheel {
		for turns := -2; turns <= 2; turns++ {
			got := direction(2 * math.Pi * (float64(i)/12 + float64(turns)))
			if d := apart(lab(got, eyes["all"]), lab(want, eyes["all"])); d > 1 {
				t.Errorf("direction %d after %d turns is %v, want %v", i, turns, got, want)
			}
		}
	}
	if direction(math.NaN()) != truth || direction(math.Inf(1)) != truth {
		t.Error("what is no angle has a direction's colour")
	}
}
