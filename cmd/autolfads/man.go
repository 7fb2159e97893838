package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/usage"
)

type manCmd struct {
	Dir string `arg:"" help:"Folder for the pages; made if it is not there. Pages of the same names are replaced." type:"path"`
}

// Help is shown by autolfads man --help.
func (manCmd) Help() string {
	return `Writes manual pages, one of the program and one of each command, as man reads them. They hold what --help says, and
exit statuses, files and variables of the environment.

Examples:
  autolfads man ~/.local/share/man/man1
  autolfads man man && man man/autolfads-run.1`
}

func (c *manCmd) Run(k *kong.Context) error {
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return fmt.Errorf("the folder for manual pages cannot be made: %w; give another DIR", err)
	}
	pages := usage.Pages(k.Model)
	m := manual()
	for _, n := range pages {
		path := filepath.Join(c.Dir, usage.Name(n)+"."+usage.Section)
		if err := durable.WriteFile(path, func(w io.Writer) error { return m.Page(w, n) }); err != nil {
			return fmt.Errorf("a manual page cannot be written: %w", err)
		}
	}
	fmt.Printf("%d pages in %s: man %s\n", len(pages), c.Dir, filepath.Join(c.Dir, usage.Name(k.Model.Node)+"."+usage.Section))
	return nil
}

// manual is what all pages have in common.
func manual() *usage.Manual {
	about, _, _ := strings.Cut(strings.TrimPrefix(description, "AutoLFADS: "), "\n")
	return &usage.Manual{
		Version: autolfads.Version, About: about, Detail: description, Exits: exitCodes,
		Files: []usage.Entry{
			{Name: "RUN/run.yaml", About: "Of a run folder, the --out of run: what was run, with every setting."},
			{Name: "RUN/outputs/NAME.h5", About: "Rates, factors and inferred inputs of all trials."},
			{Name: "RUN/scores.json", About: "What the rates are worth, and the model that was chosen."},
			{Name: "RUN/figures", About: "Figures of the search, rates, behaviour and scores."},
			{Name: "docs/formats.md", About: "In the source: what every file of a run folder holds, and which data files are read."},
		},
		Environment: []usage.Entry{
			{Name: "NO_COLOR", About: "Not empty: no colours on a terminal."},
			{Name: "TERM", About: "dumb: no colours, and lines that stay in the place of a table that is redrawn."},
			{Name: "LC_ALL, LC_CTYPE, LANG", About: "The first that is set says whether the terminal has letters of UTF-8; bars are ASCII else."},
			{Name: "AUTOLFADS_CPU", About: "avx512, avx2 or portable: which kernels are used, if not the fastest that the processor has."},
			{Name: "GOMEMLIMIT", About: "Memory that the program's collector keeps to, if not what is available at the start."},
		},
	}
}
