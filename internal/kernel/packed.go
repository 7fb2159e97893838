package kernel

// PanelRows is the number of rows of a packed panel: the height of the
// register tile.
const PanelRows = 12

// Packed is an M x K matrix cut into panels of PanelRows rows (the last panel
// may be lower). A panel lies column by column: panel p holds [K][rows].
type Packed struct {
	M, K int
	Data []float32
}

// NewPacked returns a zero packed matrix.
func NewPacked(m, k int) *Packed { return &Packed{m, k, make([]float32, m*k)} }

// Pack fills p from w, where element (m, k) is w[m*ld+k].
func (p *Packed) Pack(w []float32, ld int) {
	o := 0
	for top := 0; top < p.M; top += PanelRows {
		rows := min(PanelRows, p.M-top)
		for r := range rows {
			row := w[(top+r)*ld : (top+r)*ld+p.K]
			for k, v := range row {
				p.Data[o+k*rows+r] = v
			}
		}
		o += rows * p.K
	}
}

// PackTransposed fills p from wt, where element (m, k) is wt[k*ld+m].
func (p *Packed) PackTransposed(wt []float32, ld int) {
	o := 0
	for top := 0; top < p.M; top += PanelRows {
		rows := min(PanelRows, p.M-top)
		for k := range p.K {
			copy(p.Data[o:o+rows], wt[k*ld+top:])
			o += rows
		}
	}
}
