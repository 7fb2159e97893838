package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/autolfads/autolfads/page"
)

// figuresInReport is what a report says of figures.
var figuresInReport = regexp.MustCompile(`"figures":(null|\[[^\]]*\])`)

// report checks the page of a run: it is there, all of the folder could be read for it, and it
// has trials, with whatever the data have.
func (r *judge) report() error {
	if len(r.promised["report.html"]) == 0 {
		return fmt.Errorf("there is no report")
	}
	d, err := page.Read(r.out)
	if err != nil {
		return err
	}
	if len(d.Notes) > 0 {
		return fmt.Errorf("%s: the page could not be made of all of it: %q", filepath.Base(r.out), d.Notes)
	}
	for _, fact := range d.Data.Facts {
		if strings.Contains(fact, "no sample") {
			return fmt.Errorf("the page: %s", fact)
		}
	}
	s, sizes := d.Sample, r.sizes()
	if s == nil {
		return fmt.Errorf("the page shows no trials")
	}
	if len(s.Trials) != min(sizes.valid, 48) || s.Bins != sizes.all() || len(s.Neurons) != sizes.neurons()-r.setAside() {
		return fmt.Errorf("the page shows %d trials of %d bins and %d neurons, of %+v", len(s.Trials), s.Bins, len(s.Neurons), sizes)
	}
	if r.both("behaviour") && s.Behavior == nil || (s.Inputs != nil) != (r.inForce("model.inferred_inputs") > 0) || s.Factors == nil {
		return fmt.Errorf("the page shows behaviour %v, inputs %v, factors %v", s.Behavior != nil, s.Inputs != nil, s.Factors != nil)
	}
	return nil
}
