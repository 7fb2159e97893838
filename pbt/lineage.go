package pbt

// at returns the outcome of a place.
func (h History) at(p Place) *Outcome {
	for i := range h[p.Generation] {
		if o := &h[p.Generation][i]; o.Member == p.Member {
			return o
		}
	}
	return nil
}

// Ancestor returns whose parameters p had so many generations before: p itself after
// none. It reports false if its line began later.
func (h History) Ancestor(p Place, back int) (Place, bool) {
	for at := p; ; {
		if p.Generation-at.Generation >= back {
			return at, true
		}
		o := h.at(at)
		if o == nil || o.From == nil {
			return Place{}, false
		}
		at = *o.From
	}
}

// Founder returns where the line of p began, with fresh parameters.
func (h History) Founder(p Place) Place {
	for {
		o := h.at(p)
		if o == nil || o.From == nil {
			return p
		}
		p = *o.From
	}
}

// Kin returns the members of p's generation that have an ancestor in common with p at
// most so many generations before, p among them, in order. Members that diverged are
// nobody's kin.
func (h History) Kin(p Place, back int) []Place {
	var kin []Place
	for _, o := range h[p.Generation] {
		if other := (Place{p.Generation, o.Member}); o.Finite() && h.related(p, other, back) {
			kin = append(kin, other)
		}
	}
	return kin
}

// related reports whether two members of a generation meet at most so many generations
// before.
func (h History) related(a, b Place, back int) bool {
	for n := range back + 1 {
		one, ok := h.Ancestor(a, n)
		other, also := h.Ancestor(b, n)
		if !ok || !also {
			return false
		}
		if one == other {
			return true
		}
	}
	return false
}
