package paper

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/experiment"
)

// Make makes experiments, one after the other. It is an [experiment.Experiment].
type Make struct {
	Experiments []*Experiment
	Out         string // folder of data, runs, results and figures; may be there
	Scale       Scale
	Given       map[string]string    // data file by experiment; of one without, it makes its own
	File        autolfads.DataConfig // what these files leave open
	Resources   autolfads.Resources

	Machine string                          // what the system calls the processor
	Command func(e *Experiment) string      // that makes a result again, beside its data
	Watch   func(s Step) autolfads.Observer // is told of each run; nil: nobody is
	Judging func()                          // is told when all runs of an experiment are there; nil: nobody is
	Made    func(r *Result, found string)   // is told of each result, made now or before; nil: nobody is
}

var _ experiment.Experiment = (*Make)(nil)

// Name implements [experiment.Experiment].
func (m *Make) Name() string {
	if len(m.Experiments) == 1 {
		return m.Experiments[0].Name
	}
	return "all"
}

// Run implements [experiment.Experiment]. An experiment that fails costs no other: it is
// told at the end.
func (m *Make) Run(ctx context.Context) error {
	if err := m.check(); err != nil {
		return err
	}
	var failed []error
	for _, e := range m.Experiments {
		err := m.one(ctx, e)
		if ctx.Err() != nil {
			return fmt.Errorf("experiment %s: %w", e.Name, err)
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("experiment %s: %w", e.Name, err))
		}
	}
	return errors.Join(failed...)
}

// check refuses data files that no experiment takes.
func (m *Make) check() error {
	for name := range m.Given {
		e, err := Find(name)
		if err != nil {
			return err
		}
		if !e.Gives {
			return fmt.Errorf("experiment %s makes its own data, and takes no other: leave out --data", name)
		}
	}
	return nil
}

// one makes an experiment: its result, unless that is there, and what follows from it.
func (m *Make) one(ctx context.Context, e *Experiment) error {
	l := &Lab{Dir: m.Out, Scale: m.Scale, Given: m.Given[e.Name], File: m.File, Resources: m.Resources, Watch: m.Watch, experiment: e.Name}
	if err := l.open(); err != nil {
		return err
	}
	path := l.path(resultsDir, e.Name+".json")
	r, err := ReadResult(path)
	if err != nil {
		return err
	}
	if r == nil {
		if r, err = m.measure(ctx, l, e); err == nil {
			err = r.write(path)
		}
	} else {
		err = l.same(r, path)
	}
	if err != nil {
		return err
	}
	if err := l.show(e, r); err != nil {
		return err
	}
	if m.Made != nil {
		m.Made(r, e.paragraph(r))
	}
	return nil
}

// measure trains what an experiment wants, and measures it.
func (m *Make) measure(ctx context.Context, l *Lab, e *Experiment) (*Result, error) {
	p, err := e.Plan(l)
	if err != nil {
		return nil, err
	}
	if err := l.train(ctx, p); err != nil {
		return nil, err
	}
	if m.Judging != nil {
		m.Judging()
	}
	r := &Result{Experiment: e.Name, Scale: l.Scale, Seeds: p.Seeds, Runs: p.described(), Version: autolfads.Version, Machine: m.Machine}
	if m.Command != nil {
		r.Command = m.Command(e)
	}
	for _, s := range p.Sets {
		r.Sets = append(r.Sets, Set{Name: s.Name, SHA256: s.SHA256, Made: s.Made})
	}
	began := time.Now()
	if err := e.Judge(ctx, l, p, r); err != nil {
		return nil, stopped(ctx, "measuring", err)
	}
	r.Seconds = time.Since(began).Seconds()
	for _, of := range r.Runs {
		r.Seconds += of.Seconds
	}
	return r, ctx.Err()
}

// same returns an error if a result that is there is not the one that is asked for.
func (l *Lab) same(r *Result, path string) error {
	given, err := l.GivenSet()
	if err != nil {
		return err
	}
	was := (*Set)(nil)
	for i := range r.Sets {
		if r.Sets[i].Made == "" {
			was = &r.Sets[i]
		}
	}
	for _, part := range []struct{ what, is, want string }{
		{"scale", string(r.Scale), string(l.Scale)},
		{"data", was.content(), given.content()},
		{"version", r.Version, autolfads.Version},
	} {
		if part.is != part.want {
			return fmt.Errorf("%s is a result of %s %s, not %s: give another --out, or remove it", path, part.what, part.is, part.want)
		}
	}
	return nil
}
