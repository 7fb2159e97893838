package report

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/guard"
)

// drawing is a figure of several: its file, and what draws it, if there is something to
// show.
type drawing struct {
	name string
	draw func(path string) (drawn bool, err error)
}

// drawAll draws figures into a folder of dir, which it makes. drawn are their paths in
// dir. For one that cannot be drawn there is a sentence in undrawn; what the file system
// refuses is an error, and so is ctx's end.
func drawAll(ctx context.Context, dir, folder string, all []drawing) (drawn, undrawn []string, err error) {
	for _, d := range all {
		if err := ctx.Err(); err != nil {
			return drawn, undrawn, err
		}
		if err := durable.MkdirAll(filepath.Join(dir, folder)); err != nil {
			return drawn, undrawn, err
		}
		name := filepath.Join(folder, d.name)
		var done bool
		err := guard.Call(func() (err error) {
			done, err = d.draw(filepath.Join(dir, name))
			return err
		})
		switch {
		case durable.IsOfPath(err) || err != nil && ctx.Err() != nil:
			return drawn, undrawn, err
		case err != nil:
			undrawn = append(undrawn, fmt.Sprintf("%s was not drawn: %v", name, err))
		case done:
			drawn = append(drawn, name)
		}
	}
	return drawn, undrawn, nil
}

// drawIf writes a figure unless it is nil: then there is nothing to show.
func drawIf[T any, F interface {
	*T
	Write(path string) error
}](path string, f F, err error) (drawn bool, _ error) {
	if err != nil || f == nil {
		return false, err
	}
	return true, f.Write(path)
}
