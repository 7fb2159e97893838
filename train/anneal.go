package train

// leastRate is the share of its learning rate that annealing ends with.
const leastRate = .01

// annealing is where a finish begins and how long it is, in epochs of the member's
// life; no epochs: there is none.
type annealing struct{ first, epochs int }

// Anneal has the learning rate fall over so many epochs after the first ones of the
// member's life, as a finish: with t, the share of them that is done,
//
//	rate x (.01 + .99 (1 - t^2 (3 - 2 t)))
//
// which is half a cosine's wave to within .01, without a cosine's last bits. A rate
// holds for an epoch. It follows from the epoch alone, so a member that stops on the
// way goes on with the same bits: Anneal is to be called before Resume or Inherit.
func (m *Member) Anneal(first, epochs int) { m.anneal = annealing{first, epochs} }

// share is that of the learning rate which holds after so many epochs of a member's life.
func (a annealing) share(epoch int) float64 {
	if a.epochs == 0 {
		return 1
	}
	t := min(max(float64(epoch-a.first)/float64(a.epochs), 0), 1)
	left := 1 - float64(float64(t*t)*(3-float64(2*t)))
	return leastRate + float64((1-leastRate)*left)
}
