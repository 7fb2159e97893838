package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/autolfads/autolfads"
)

// figureFlags say where and as what to draw.
type figureFlags struct {
	Figures string `help:"Folder to draw into: scores, spikes, rates, averages of conditions and movements of all files beside each other." type:"path" placeholder:"FOLDER"`
	Format  string `help:"What figures are written as, png or svg." enum:"png,svg" default:"png"`
}

// draw draws what was evaluated, if it is asked for, and says where it is.
func (f *figureFlags) draw(ctx context.Context, e *autolfads.Evaluated) error {
	if f.Figures == "" {
		return nil
	}
	drawn, undrawn, err := e.Draw(ctx, f.Figures, f.Format)
	for _, name := range drawn {
		fmt.Fprintln(os.Stderr, "drawn: "+filepath.Join(f.Figures, name))
	}
	for _, why := range undrawn {
		fmt.Fprintln(os.Stderr, "autolfads: "+why)
	}
	return err
}
