package usage

import (
	"fmt"
	"strings"
)

// roff is a page in man's macros.
type roff struct {
	strings.Builder
	begun bool // something stands in the section
}

// macro writes a macro with its arguments, each in quotes.
func (p *roff) macro(name string, args ...string) {
	p.WriteString("." + name)
	for _, a := range args {
		p.WriteString(` "` + strings.ReplaceAll(escaped(a), `"`, `\(dq`) + `"`)
	}
	p.WriteByte('\n')
}

// line writes a line of text, which is escaped.
func (p *roff) line(text string) {
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	p.WriteString(text + "\n")
}

func (p *roff) section(title string) {
	p.macro("SH", title)
	p.begun = false
}

// part parts what comes from what stands before it in the section.
func (p *roff) part() {
	if p.begun {
		p.macro("PP")
	}
	p.begun = true
}

// paragraphs writes text: paragraphs between blank lines, and lines that begin with two
// blanks as they are.
func (p *roff) paragraphs(text string) {
	for _, part := range strings.Split(strings.TrimSpace(text), "\n\n") {
		lines := strings.Split(part, "\n")
		switch {
		case part == "":
		case strings.HasPrefix(lines[0], "  "):
			p.verbatim(lines)
		default:
			p.part()
			for _, line := range lines {
				p.line(prose(strings.TrimSpace(line)))
			}
		}
	}
}

// verbatim writes lines as they are, indented.
func (p *roff) verbatim(lines []string) {
	p.part()
	p.WriteString(".RS 4\n.nf\n")
	for _, line := range lines {
		p.line(escaped(strings.TrimSpace(line)))
	}
	p.WriteString(".fi\n.RE\n")
}

// entries writes a section of names with what there is to know of each; nothing of none.
func (p *roff) entries(title string, all []Entry) {
	if len(all) == 0 {
		return
	}
	p.section(title)
	for _, e := range all {
		p.macro("TP")
		p.line(`\fB` + escaped(e.Name) + `\fR`)
		p.line(prose(e.About))
	}
}

// code are signs that roff would show otherwise, or take for its own, as what is typed
// must have them.
var code = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`)

// escaped is a text that is typed as it stands.
func escaped(text string) string { return ascii(code.Replace(text)) }

// prose is a sentence: words of it that are typed, such as flags, are escaped, so that they
// can be copied; a hyphen in a word is a hyphen.
func prose(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		if strings.Contains(word, "--") || strings.HasPrefix(strings.TrimLeft(word, `("`), "-") {
			words[i] = escaped(word)
		} else {
			words[i] = ascii(strings.NewReplacer(`\`, `\e`, "`", `\(ga`).Replace(word))
		}
	}
	return strings.Join(words, " ")
}

// ascii writes letters beyond ASCII as roff names them, which needs no encoding.
func ascii(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\[u%04X]`, r)
		}
	}
	return b.String()
}
