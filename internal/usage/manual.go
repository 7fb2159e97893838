package usage

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// Manual is what the pages of all commands of a program have in common.
type Manual struct {
	Version     string // of the program
	About       string // the program's own page: what it is, in a line ...
	Detail      string // ... and its long help
	Exits       []Entry
	Files       []Entry
	Environment []Entry
}

// Entry is something with what there is to know of it.
type Entry struct{ Name, About string }

// Section is that of commands of users.
const Section = "1"

// Pages are the commands that have a page: the program itself, its commands, theirs.
func Pages(app *kong.Application) (nodes []*kong.Node) {
	var add func(n *kong.Node)
	add = func(n *kong.Node) {
		nodes = append(nodes, n)
		for _, child := range n.Children {
			if !child.Hidden {
				add(child)
			}
		}
	}
	add(app.Node)
	return nodes
}

// Name is what a command's page is called: autolfads-synth-lorenz.
func Name(n *kong.Node) string {
	if n.Parent == nil {
		return n.Name
	}
	return Name(n.Parent) + "-" + n.Name
}

// Page writes the page of a command.
func (m *Manual) Page(w io.Writer, n *kong.Node) error {
	p := new(roff)
	program := Name(root(n))
	p.macro("TH", strings.ToUpper(Name(n)), Section, "", program+" "+m.Version, program)
	about, detail := n.Help, Split(n.Detail)
	if n.Parent == nil {
		about, detail = m.About, Split(m.Detail)
	}
	p.WriteString(".nh\n.ad l\n") // a flag or a setting that was broken could not be copied
	p.section("NAME")
	p.line(escaped(Name(n)) + ` \- ` + prose(strings.TrimSuffix(about, ".")))
	p.section("SYNOPSIS")
	p.line(`\fB` + escaped(program) + `\fR ` + escaped(strings.TrimSpace(n.Summary())))
	p.section("DESCRIPTION")
	if n.Parent != nil {
		p.paragraphs(about)
	}
	p.paragraphs(detail.Text)
	m.parts(p, n)
	if len(detail.Examples) > 0 {
		p.section("EXAMPLES")
		p.verbatim(detail.Examples)
	}
	p.entries("EXIT STATUS", m.Exits)
	p.entries("FILES", m.Files)
	p.entries("ENVIRONMENT", m.Environment)
	p.section("SEE ALSO")
	p.line(strings.Join(seeAlso(n), ", "))
	_, err := io.WriteString(w, p.String())
	return err
}

// parts are what a command line is made of behind the command: commands, arguments, flags.
func (m *Manual) parts(p *roff, n *kong.Node) {
	var commands, arguments, flags []Entry
	for _, child := range n.Children {
		if !child.Hidden {
			commands = append(commands, Entry{child.Name, child.Help})
		}
	}
	for _, v := range n.Positional {
		arguments = append(arguments, Entry{strings.Trim(v.Summary(), "[]<>. "), v.Help})
	}
	for at := n; at != nil; at = at.Parent {
		for _, f := range at.Flags {
			if !f.Hidden {
				flags = append(flags, Entry{f.String(), required(f)})
			}
		}
	}
	p.entries("COMMANDS", commands)
	p.entries("ARGUMENTS", arguments)
	p.entries("OPTIONS", flags)
}

// required is what there is to know of a flag.
func required(f *kong.Flag) string {
	if f.Required {
		return f.Help + " It must be given."
	}
	return f.Help
}

func root(n *kong.Node) *kong.Node {
	for n.Parent != nil {
		n = n.Parent
	}
	return n
}

// seeAlso names the pages around one: above, beside and below it.
func seeAlso(n *kong.Node) (all []string) {
	near := n.Children
	if n.Parent != nil {
		near = append([]*kong.Node{n.Parent}, n.Parent.Children...)
		near = append(near, n.Children...)
	}
	for _, at := range near {
		if at != n && !at.Hidden {
			all = append(all, fmt.Sprintf(`\fB%s\fR(%s)`, escaped(Name(at)), Section))
		}
	}
	return slices.Compact(all)
}
