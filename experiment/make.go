package experiment

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/internal/durable"
)

// cell makes a cell, or what is missing of one that is there.
func (s *Search) cell(ctx context.Context, p *plan, number, of int) error {
	path := filepath.Join(s.Cells, p.name+".json")
	c, err := ReadCell(path)
	if err == nil && c != nil {
		err = s.same(c, p)
	}
	if err != nil || c != nil && (len(c.missing(s.variants())) == 0 || !exists(s.run(p, 0))) {
		return err
	}
	resources := s.Resources
	if s.Watch != nil {
		resources.Observer = s.Watch(p.name, number, of)
	}
	watch := startWatch()
	t, err := s.train(ctx, p, resources)
	if err != nil {
		return err
	}
	if c == nil {
		c = s.describe(p, t)
	}
	if err := c.score(ctx, t.dir, &resources, variants()); err != nil {
		return err
	}
	if !t.found {
		c.Time.Processor = watch.seconds()
	}
	if s.Again > 0 {
		if err := s.again(ctx, t.dir, resources); err != nil {
			return err
		}
		if err := c.score(ctx, t.dir, &resources, againVariants()); err != nil {
			return err
		}
		c.Command = s.describe(p, t).Command // one without --again would not make them
	}
	if err := c.write(path); err != nil {
		return err
	}
	if s.Made != nil {
		s.Made(c)
	}
	return nil
}

// same returns an error if a cell that is there is not the one that is asked for.
func (s *Search) same(c *Cell, p *plan) error {
	want := s.describe(p, &trained{})
	for _, part := range []struct{ what, is, want string }{
		{"data", c.Data.SHA256, want.Data.SHA256},
		{"trials", fmt.Sprint(c.Data.Train, c.Data.Valid, c.Data.Places), fmt.Sprint(want.Data.Train, want.Data.Valid, want.Data.Places)},
		{"a number of epochs", fmt.Sprint(c.Epochs), fmt.Sprint(want.Epochs)},
		{"settings", fmt.Sprint(c.Of, c.Settings), fmt.Sprint(want.Of, want.Settings)},
	} {
		if part.is != part.want {
			return fmt.Errorf("there is a cell of this name with %s of its own (%.40s, not %.40s): give other --cells, or call the way otherwise (--ways NAME=WAY)", part.what, part.is, part.want)
		}
	}
	return nil
}

// describe is a cell without scores.
func (s *Search) describe(p *plan, t *trained) *Cell {
	n := s.data.Train.Trials() + s.data.Valid.Trials()
	train, valid, test := s.Parts(n, p.split)
	c := &Cell{
		Experiment: s.Name(), Way: p.way.Name, Split: p.split, Seed: p.seed, Epochs: s.Epochs,
		Data: s.source, Version: autolfads.Version, Machine: s.Machine,
		Command: fmt.Sprintf("%s --only seed=%d", s.command(p), p.seed),
	}
	for _, set := range s.settings(p.way) {
		c.Settings = append(c.Settings, set.Key+"="+set.Value)
	}
	if p.way.Of != p.way.Name {
		c.Of = p.way.Of
	}
	c.Data.Train, c.Data.Valid, c.Data.Test = len(train), len(valid), len(test)
	for _, place := range test {
		c.Data.Places = append(c.Data.Places, int64(place))
	}
	t.into(c, p.way)
	return c
}

// command makes the cells of all seeds of a way on a split.
func (s *Search) command(p *plan) string {
	return fmt.Sprintf("%s --ways %s --only split=%d", s.Command, p.way.typed(), p.split)
}

// missing are those of some variants that the cell does not know of.
func (c *Cell) missing(of []variant) (all []variant) {
	for _, v := range of {
		if c.Variant(v.name) == nil {
			all = append(all, v)
		}
	}
	return all
}

// score scores those of some variants that are missing, in their order.
func (c *Cell) score(ctx context.Context, dir string, r *autolfads.Resources, of []variant) error {
	e, err := open(dir, r)
	if err != nil {
		return err
	}
	l, err := e.config.Model.NewLikelihood()
	if err != nil {
		return err
	}
	for _, v := range c.missing(of) {
		rates, err := v.of(ctx, e)
		made := Variant{Name: v.name}
		var none absent
		if errors.As(err, &none) {
			made.WhyNot = none.Error()
		} else if err != nil {
			return err
		} else if made.Scores, err = scores(ctx, e.data, l, rates); err != nil {
			return err
		}
		c.Variants = append(c.Variants, made)
	}
	return nil
}

// write writes the data of a split, the same bytes each time.
func (s *Search) write(p *plan) (path string, err error) {
	path = filepath.Join(s.Out, "data", fmt.Sprintf("split-%d%s.h5", p.split, s.size()))
	d := s.divide(s.data, p.split)
	d.Name = "split"
	return path, errors.Join(d.Write(path), durable.SyncFolder(filepath.Dir(path)))
}
