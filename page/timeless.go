package page

// Timeless takes out of a document what depends on when and where the run ran, or is read: its
// name, times, and what is left to do. What is left is the same, byte for byte, for the same
// data, seed and version.
func (d *Document) Timeless() {
	d.Name, d.Time, d.State.SecondsLeft = "", nil, nil
}
