package report

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// sheet is white paper, which is drawn on and then written as a file.
type sheet interface {
	vg.Canvas
	Size() (w, h vg.Length)
	WriteTo(w io.Writer) (n int64, err error)
}

// Formats are the endings of the files that figures are written as.
var Formats = []string{"png", "svg"}

// CheckPath refuses a path whose ending is none of Formats.
func CheckPath(path string) error {
	_, err := newSheet(path, 1)
	return err
}

// newSheet returns paper of the theme's width for a file of that path.
func newSheet(path string, height vg.Length) (sheet, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".png":
		return vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(width, height), vgimg.UseDPI(dpi), vgimg.UseBackgroundColor(paper))}, nil
	case ".svg":
		return newVectors(height), nil
	}
	return nil, fmt.Errorf("%s: a figure is written as PNG or SVG, by its name's ending: let it end in .png or .svg", path)
}
