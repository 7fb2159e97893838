package report

import (
	"context"
	"maps"
	"slices"
)

// DrawScatters draws figures of scores against each other into a folder, which it makes,
// each by its name as a file of a format (one of Formats). drawn are the files' names,
// undrawn says of one that cannot be drawn why; what the file system refuses is an
// error, and so is ctx's end.
func DrawScatters(ctx context.Context, dir, format string, figures map[string]*ScoreScatter) (drawn, undrawn []string, err error) {
	if err := CheckPath("." + format); err != nil {
		return nil, nil, err
	}
	var all []drawing
	for _, name := range slices.Sorted(maps.Keys(figures)) {
		all = append(all, drawing{name + "." + format, func(path string) (bool, error) { return drawIf(path, figures[name], nil) }})
	}
	return drawAll(ctx, dir, "", all)
}
