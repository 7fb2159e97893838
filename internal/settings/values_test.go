package settings

import "testing"

// Each setting has a value, which read as YAML is that value again.
func TestValues(t *testing.T) {
	s := newSample()
	s.Model.Likelihood, s.Model.Sizes, s.Train.KLICScale = "yes: no", []int{3, 4}, 1e-7
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
