package main

import (
	"fmt"
	"path/filepath"

	"github.com/autolfads/autolfads/experiment"
)

type pageCmd struct {
	Cells []string `arg:"" help:"Folders of cells, or folders of such." type:"path"`
	Out   string   `help:"Page to write, in Markdown; figures lie beside it. One that is there is replaced." required:"" type:"path" placeholder:"PAGE.md"`
}

// Help is shown by autolfads experiment page --help.
func (pageCmd) Help() string {
	return `Writes what cells of "autolfads experiment search" say: for each way the mean over splits, its interval by Student's t, spread and
worst; paired differences between ways; every cell; and a figure. The same cells give the same page.

Example:
  autolfads experiment page maze/cells --out maze.md
  autolfads experiment page docs/results/search --out docs/results/search.md`
}

func (c *pageCmd) Run() error {
	if filepath.Ext(c.Out) != ".md" {
		return fmt.Errorf("the page would be called %s: pages are Markdown, so give a name that ends in .md (--out)", c.Out)
	}
	folders, err := experiment.ReadFolders(c.Cells...)
	if err != nil {
		return err
	}
	page := experiment.SearchPage(folders, c.Out)
	if err := page.Write(c.Out); err != nil {
		return err
	}
	fmt.Printf("page: %s, with %d figures beside it\n", c.Out, len(page.Figures))
	return nil
}
