package usage

import (
	"strings"

	"github.com/alecthomas/kong"
)

// Suggestion is a word that may stand at the cursor.
type Suggestion struct {
	Word  string
	About string // in a line; "": it says itself
}

// Completion is what may stand at the cursor.
type Completion struct {
	Words []Suggestion
	Files bool // names of files may
}

// Complete says what may stand in the place of the last of words, of which the beginning,
// perhaps nothing, is there; words are those behind the program's name. lists are the
// values of flags and arguments by the name in their tag `complete`.
func Complete(app *kong.Application, lists map[string][]string, words []string) *Completion {
	if len(words) == 0 {
		words = []string{""}
	}
	c := &cursor{node: app.Node}
	for _, word := range words[:len(words)-1] {
		c.pass(word)
	}
	typed := words[len(words)-1]
	if name, value, valued := strings.Cut(typed, "="); valued && c.flag == nil && c.isFlag(name) {
		f := c.find(name)
		if f == nil {
			return new(Completion)
		}
		return valuesOf(f.Value, lists).beginning(value).behind(name + "=")
	}
	return c.complete(typed, lists).beginning(typed)
}

// cursor is how far a command line is understood.
type cursor struct {
	node  *kong.Node // the command
	flag  *kong.Flag // that waits for its value; nil: none does
	place int        // arguments that are there
	plain bool       // behind --, where nothing is a flag
}

// pass takes in a word before the cursor.
func (c *cursor) pass(word string) {
	switch {
	case c.flag != nil:
		c.flag = nil
	case word == "--" && !c.plain:
		c.plain = true
	case c.isFlag(word):
		name, _, valued := strings.Cut(word, "=")
		if f := c.find(name); f != nil && !valued && !f.IsBool() && !f.IsCounter() {
			c.flag = f
		}
	default:
		c.passPlain(word)
	}
}

// passPlain takes in a command or an argument.
func (c *cursor) passPlain(word string) {
	if !c.plain && c.place == 0 {
		for _, child := range c.node.Children {
			if child.Name == word {
				c.node = child
				return
			}
		}
		if c.node.DefaultCmd != nil {
			c.node = c.node.DefaultCmd
		}
	}
	c.place++
}

// isFlag reports whether a word is meant as a flag.
func (c *cursor) isFlag(word string) bool {
	return !c.plain && strings.HasPrefix(word, "-") && word != "-"
}

// flags are those that may stand at the cursor: the command's, those of the one that it
// stands for, and those of all above it.
func (c *cursor) flags() (all []*kong.Flag) {
	if c.node.DefaultCmd != nil {
		all = append(all, c.node.DefaultCmd.Flags...)
	}
	for n := c.node; n != nil; n = n.Parent {
		all = append(all, n.Flags...)
	}
	return all
}

// find returns the flag that a word is, -h or --help; nil if there is none.
func (c *cursor) find(word string) *kong.Flag {
	for _, f := range c.flags() {
		if word == "--"+f.Name || f.Short != 0 && word == "-"+string(f.Short) {
			return f
		}
	}
	return nil
}

// complete says what may stand at the cursor where this much is typed.
func (c *cursor) complete(typed string, lists map[string][]string) *Completion {
	switch {
	case c.flag != nil:
		return valuesOf(c.flag.Value, lists)
	case c.isFlag(typed):
		return c.suggestFlags()
	}
	found := new(Completion)
	if !c.plain && c.place == 0 {
		for _, child := range c.node.Children {
			if !child.Hidden {
				found.add(child.Name, child.Help)
			}
		}
	}
	if at := c.argument(); at != nil {
		values := valuesOf(at, lists)
		found.Words, found.Files = append(found.Words, values.Words...), values.Files
	}
	if len(found.Words) == 0 && !found.Files && !c.plain {
		return c.suggestFlags() // nothing else is left to be typed
	}
	return found
}

// argument is the one that stands at the cursor; nil if there is none any more.
func (c *cursor) argument() *kong.Value {
	n := c.node
	if n.DefaultCmd != nil {
		n = n.DefaultCmd
	}
	switch last := len(n.Positional) - 1; {
	case last < 0:
		return nil
	case c.place <= last:
		return n.Positional[c.place]
	case n.Positional[last].IsCumulative():
		return n.Positional[last]
	}
	return nil
}

func (c *cursor) suggestFlags() *Completion {
	found := new(Completion)
	for _, f := range c.flags() {
		if !f.Hidden {
			found.add("--"+f.Name, f.Help)
		}
	}
	return found
}

// pathTypes are the types of values that are names of files.
var pathTypes = map[string]bool{"path": true, "existingfile": true, "existingdir": true}

// valuesOf says what a flag or an argument may be.
func valuesOf(v *kong.Value, lists map[string][]string) *Completion {
	found := &Completion{Files: pathTypes[v.Tag.Type]}
	words := lists[v.Tag.Get("complete")]
	if v.Enum != "" {
		words = v.EnumSlice()
	}
	for _, word := range words {
		if word != "" {
			found.add(word, "")
		}
	}
	return found
}

// add adds a word; of what is said about it, the first sentence.
func (c *Completion) add(word, about string) {
	about, _, _ = strings.Cut(strings.Join(strings.Fields(about), " "), ". ")
	c.Words = append(c.Words, Suggestion{word, strings.TrimSuffix(about, ".")})
}

// beginning keeps the words that begin so.
func (c *Completion) beginning(with string) *Completion {
	var kept []Suggestion
	for _, s := range c.Words {
		if strings.HasPrefix(s.Word, with) {
			kept = append(kept, s)
		}
	}
	c.Words = kept
	return c
}

// behind puts what is typed before a value before each word.
func (c *Completion) behind(prefix string) *Completion {
	for i := range c.Words {
		c.Words[i].Word = prefix + c.Words[i].Word
	}
	return c
}
