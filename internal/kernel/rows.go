package kernel

import "fmt"

// AddRows adds multiples of rows of panels to rows of dst, term after term:
//
//	dst[to[i]*ld+j] += factor[i] * x[from[i]][j]   for all j < ld
//
// where panels holds x as Transpose writes it: [ld/16][rows][16]. ld is a
// multiple of 16. A product with a sparse matrix is made of such terms: in the
// order in which Gemm and Outer would add them, the bits are theirs too, for a
// term with the factor 0 changes nothing, as long as x is finite.
func AddRows(dst []float32, ld int, to []int32, panels []float32, rows int, from []int32, factor []float32) {
	checkAddRows(dst, ld, to, panels, rows, from, factor)
	if len(to) > 0 && ld > 0 {
		active.addRows(hide(dst), ld, hide(to), hide(panels), rows, hide(from), hide(factor))
	}
}

func checkAddRows(dst []float32, ld int, to []int32, panels []float32, rows int, from []int32, factor []float32) {
	n := len(to)
	if ld < 0 || ld%PanelColumns != 0 || len(from) < n || len(factor) < n {
		panic(fmt.Sprintf("kernel.AddRows: rows of %d, %d terms: %d places, %d factors", ld, n, len(from), len(factor)))
	}
	before := max(0, ld-PanelColumns) * rows // elements of the panels before the last
	for i, t := range to {
		if t < 0 || from[i] < 0 || (int(t)+1)*ld > len(dst) || before+(int(from[i])+1)*PanelColumns > len(panels) {
			panic(fmt.Sprintf("kernel.AddRows: term %d, row %d to row %d: output %d, panels %d, want rows of %d", i, from[i], t, len(dst), len(panels), ld))
		}
	}
}

func addRowsPortable(dst []float32, ld int, to []int32, panels []float32, rows int, from []int32, factor []float32) {
	for i, f := range factor[:len(to)] {
		row := dst[int(to[i])*ld:][:ld]
		for j := 0; j < ld; j += PanelColumns {
			x := panels[j*rows+int(from[i])*PanelColumns:][:PanelColumns]
			for k, v := range x {
				row[j+k] += float32(f * v)
			}
		}
	}
}
