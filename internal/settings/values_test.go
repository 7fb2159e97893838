package settings

import "testing"

// Each setting has a value, which as a flag is that value again.
func TestValues(t *testing.T) {
	s := newSample()
	s.Model.Likelihood, s.Model.Sizes, s.Train.KLICScale = "poisson", []int{3, 4}, 1e-7
	for key, e := range s.PBT.Space {
		e.hidden = 1 // as whatever is read
		s.PBT.Space[key] = e
	}
	read := new(sample)
	all := Values(s)
	if len(all) != len(List(s)) {
		t.Errorf("%d values of %d settings", len(all), len(List(s)))
	}
	for _, v := range all {
		if err := Set(read, v.Key, v.Text); err != nil {
			t.Errorf("%s is %q: %v", v.Key, v.Text, err)
		}
	}
	if changed := Changed(s, read); len(changed) > 0 {
		t.Errorf("read again they are others: %v", changed)
	}
}
