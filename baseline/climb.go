package baseline

// place is one on a grid of two settings.
type place [2]int

// climb walks on a grid of sizes, from a place to a better neighbour until none is:
// good where scores have one summit, and much less work than all of the grid. It
// returns the summit, and whether any place walked over had a score that is a number.
func climb(sizes, start place, score func(place) (float64, error)) (summit place, scored bool, err error) {
	known := map[place]float64{}
	of := func(p place) (float64, error) {
		if s, has := known[p]; has {
			return s, nil
		}
		s, err := score(p)
		known[p] = s
		scored = scored || s == s
		return s, err
	}
	summit = start
	best, err := of(summit)
	for moved := true; moved && err == nil; {
		moved = false
		for _, step := range []place{{0, 1}, {0, -1}, {1, 0}, {-1, 0}} {
			for next := summit.plus(step); next.on(sizes); next = next.plus(step) {
				s, err := of(next)
				if err != nil {
					return summit, scored, err
				}
				if !(s > best) && !(s == s && best != best) {
					break
				}
				summit, best, moved = next, s, true
			}
		}
	}
	return summit, scored, err
}

func (p place) plus(step place) place { return place{p[0] + step[0], p[1] + step[1]} }

func (p place) on(sizes place) bool {
	return p[0] >= 0 && p[1] >= 0 && p[0] < sizes[0] && p[1] < sizes[1]
}
