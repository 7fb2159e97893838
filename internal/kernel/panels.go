package kernel

import "fmt"

// ProductPanel is the width of the panels that Panels multiplies.
const ProductPanel = 12

// Panels accumulates c += a'b in double precision, for statistics of long
// recordings: a and b are panels [steps][ProductPanel], c is 12 x 12, its rows
// ldc apart. Each element is one chain over steps that begins with c.
func Panels(c []float64, ldc int, a, b []float64, steps int) {
	if n := steps * ProductPanel; steps < 0 || len(a) < n || len(b) < n || ldc < ProductPanel || len(c) < (ProductPanel-1)*ldc+ProductPanel {
		panic(fmt.Sprintf("kernel.Panels: %d steps of panels of %d and %d numbers, product %d with rows %d apart", steps, len(a), len(b), len(c), ldc))
	}
	if steps > 0 {
		active.panels(hide(c), ldc, hide(a), hide(b), steps)
	}
}

func panelsPortable(c []float64, ldc int, a, b []float64, steps int) {
	for i := range ProductPanel {
		row := c[i*ldc:][:ProductPanel]
		for k := range steps {
			f, x := a[k*ProductPanel+i], b[k*ProductPanel:][:ProductPanel]
			for j := range row {
				row[j] += float64(f * x[j])
			}
		}
	}
}
