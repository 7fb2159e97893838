package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// drawer is what can be drawn.
type drawer interface {
	Draw(ctx context.Context, dir, format string) (drawn, undrawn []string, err error)
}

// draw draws figures, and says where they are, or why not.
func (c *evaluateCmd) draw(ctx context.Context, e drawer) error {
	drawn, undrawn, err := e.Draw(ctx, c.Figures, c.Format)
	if ctx.Err() != nil {
		err = fmt.Errorf("stopped while drawing figures (%w)", context.Cause(ctx))
	}
	if c.JSON {
		return err
	}
	for _, name := range drawn {
		fmt.Printf("figure: %s\n", filepath.Join(c.Figures, name))
	}
	for _, why := range undrawn {
		fmt.Println(why)
	}
	return err
}

// checkFigures returns an error if figures could not be written, before minutes of
// scoring. It makes no folder.
func (c *evaluateCmd) checkFigures() error {
	if c.Figures == "" {
		return nil
	}
	dir := c.Figures
	for filepath.Dir(dir) != dir {
		if _, err := os.Stat(dir); err == nil || !errors.Is(err, fs.ErrNotExist) {
			break
		}
		dir = filepath.Dir(dir)
	}
	probe, err := os.CreateTemp(dir, ".*.tmp")
	if err == nil {
		return errors.Join(probe.Close(), os.Remove(probe.Name()))
	}
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		err = p.Err // the probe's name says nothing
	}
	return fmt.Errorf("figures cannot be written to %s: %w; give another folder (--figures)", c.Figures, err)
}
