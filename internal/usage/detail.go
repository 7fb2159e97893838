package usage

import "strings"

// Detail is the long help of a command, taken apart.
type Detail struct {
	Text     string   // what it says, without blank lines around it
	Examples []string // command lines
}

// Split takes a command's long help apart: what stands below a line "Examples:" (or
// "Example:", "Start with:") is examples, a line each.
func Split(help string) (d Detail) {
	lines := strings.Split(strings.TrimSpace(help), "\n")
	for i, line := range lines {
		if line != "Example:" && line != "Examples:" && line != "Start with:" {
			continue
		}
		d.Text = strings.TrimSpace(strings.Join(lines[:i], "\n"))
		for _, line := range lines[i+1:] {
			if line = strings.TrimSpace(line); line != "" {
				d.Examples = append(d.Examples, line)
			}
		}
		return d
	}
	d.Text = strings.Join(lines, "\n")
	return d
}
