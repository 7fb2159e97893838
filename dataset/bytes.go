package dataset

// Bytes returns how much memory the arrays of all splits hold. What is read and reconstructed
// is held once if it is the same.
func (d *Dataset) Bytes() (bytes int64) {
	counted := map[*Array]bool{nil: true}
	for _, s := range d.splits() {
		for _, a := range []*Array{s.Encod, s.Recon, s.SetAside, s.External, s.Truth, s.Latents, s.Behavior, s.DecodeMask} {
			if !counted[a] {
				counted[a] = true
				bytes += a.Bytes()
			}
		}
	}
	return bytes
}
