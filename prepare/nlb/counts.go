package nlb

import (
	"fmt"
	"math"
)

// unit is the spikes of one unit, on the session's clock.
type unit struct {
	s      *session
	group  int
	spikes []int     // the ms of each
	bins   []float32 // spikes of each bin; NaN: not observed
}

// eachUnit reads units one at a time, those held in first. Place is that in its group.
func (s *session) eachUnit(progress func(done, of int64), visit func(u *unit, place int)) error {
	total, done := int64(len(s.units[heldIn])+len(s.units[heldOut])), int64(0)
	u := &unit{s: s, bins: make([]float32, s.rows)}
	for g := range s.units {
		for place := range s.units[g] {
			if err := u.read(g, place); err != nil {
				return fmt.Errorf("unit %s: %w", s.units[g][place], err)
			}
			visit(u, place)
			if done++; progress != nil {
				progress(done, total)
			}
		}
	}
	s.tellOutside()
	return nil
}

// read counts the spikes of one unit in all parts.
func (u *unit) read(group, place int) error {
	u.group, u.spikes = group, u.spikes[:0]
	for i := range u.bins {
		u.bins[i] = float32(math.NaN())
	}
	for _, p := range u.s.parts {
		own := p.units[group][place]
		if own < 0 {
			continue
		}
		u.observe(p)
		times, err := p.Units.Spikes.Times(own)
		if err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
		u.add(p, times)
	}
	return nil
}

// observe makes 0 of the bins in whose first ms the group was observed.
func (u *unit) observe(p *part) {
	for ms := 0; ms < p.ms; ms += u.s.factor {
		if p.observed[u.group][ms] {
			u.bins[(p.from+ms)/u.s.factor] = 0
		}
	}
}

// add counts spikes of a part in the ms that were observed.
func (u *unit) add(p *part, times []float64) {
	for _, t := range times {
		at := micro(t * 1000)
		if !(at > -1 && at < float64(p.ms)) {
			u.s.outside++
			continue
		}
		ms := int(at)
		if !p.observed[u.group][ms] {
			u.s.unobserved++
			continue
		}
		u.spikes = append(u.spikes, p.from+ms)
		u.bins[(p.from+ms)/u.s.factor]++ // stays NaN where the bin's first ms was not observed
	}
}

// tellOutside notes the spikes that are counted nowhere.
func (s *session) tellOutside() {
	if s.outside > 0 {
		s.note("%d spikes lie before 0 s or behind the end of what was observed, and are counted nowhere; nlb_tools count them from the end, or stop", s.outside)
	}
	if s.unobserved > 0 {
		s.note("%d spikes lie where units were not observed, and are counted nowhere", s.unobserved)
	}
}
