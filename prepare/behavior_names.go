package prepare

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// sourcesOf finds what names mean; a name may hold several, with commas between.
func sourcesOf(r *dataset.Recording, table string, names []string) (all []*source, err error) {
	for _, name := range names {
		for _, text := range splitNames(r, name) {
			s, err := findSource(r, table, text)
			if err != nil {
				return nil, err
			}
			all = append(all, s)
		}
	}
	return all, once(all)
}

// once returns an error if a dimension is asked for twice.
func once(all []*source) error {
	seen := map[string]bool{}
	for _, s := range all {
		for _, q := range s.quantities() {
			if seen[q.Name] {
				return fmt.Errorf("%s is asked for twice (--behavior, --external)", q.Name)
			}
			seen[q.Name] = true
		}
	}
	return nil
}

// splitNames parts a list at commas outside brackets, unless a stream is called so.
func splitNames(r *dataset.Recording, list string) (names []string) {
	if r.Stream(list) != nil {
		return []string{list}
	}
	depth, from := 0, 0
	for i, c := range list {
		switch {
		case c == '[' || c == '(':
			depth++
		case c == ']' || c == ')':
			depth--
		case c == ',' && depth == 0:
			names = append(names, strings.TrimSpace(list[from:i]))
			from = i + 1
		}
	}
	return append(names, strings.TrimSpace(list[from:]))
}

// findSource finds what one name means.
func findSource(r *dataset.Recording, table, text string) (*source, error) {
	s := &source{text: text}
	name, features := text, ""
	if r.Stream(name) == nil {
		name, features = bracketed(name)
		name = s.function(name)
	}
	if r.Stream(name) == nil && features == "" {
		name, features = bracketed(name)
	}
	s.base = s.called(name)
	if s.stream = r.Stream(name); s.stream != nil {
		return s, s.choose(features)
	}
	if features == "" && s.findFeature(r, name) {
		return s, nil
	}
	if features == "" && !s.change && !s.hold {
		if s.column = columnOf(r, table, name); s.column != nil {
			return s, nil
		}
	}
	if table == "" && strings.HasPrefix(name, dataset.TrialsTable+".") {
		return nil, fmt.Errorf("windows of a continuous recording (--chop) are no rows of a table, so that %s says nothing of them: name a stream (--behavior, --external)", name)
	}
	if before, _, dotted := strings.Cut(name, "."); dotted && (before == table || before == dataset.TrialsTable) && !s.change && !s.hold {
		return nil, fmt.Errorf("%s has no column of numbers, or of true and false, called so: %s%s (--behavior, --external)", table, name, columnsThere(r, table))
	}
	return nil, fmt.Errorf("there is no stream %s: %s%s (--behavior, --external)", name, streamsThere(r), columnsThere(r, table))
}

// bracketed takes off what stands in brackets at the end.
func bracketed(text string) (name, inner string) {
	if at := strings.LastIndexByte(text, '['); at > 0 && strings.HasSuffix(text, "]") {
		return strings.TrimSpace(text[:at]), text[at+1 : len(text)-1]
	}
	return text, ""
}

// called is the name of what is done with a stream.
func (s *source) called(stream string) string {
	switch {
	case s.change:
		return "velocity(" + stream + ")"
	case s.hold:
		return "held(" + stream + ")"
	}
	return stream
}

// function takes off what is done with a stream: velocity(...), held(...).
func (s *source) function(text string) string {
	for word, is := range map[string]*bool{"velocity": &s.change, "held": &s.hold} {
		inner, ok := strings.CutPrefix(text, word+"(")
		if inner, closed := strings.CutSuffix(inner, ")"); ok && closed {
			*is = true
			return strings.TrimSpace(inner)
		}
	}
	return text
}

// choose takes the features that a list names, by place or name; "": all.
func (s *source) choose(list string) error {
	if list == "" {
		for f := range s.stream.Features {
			s.features = append(s.features, f)
		}
		return nil
	}
	for word := range strings.SplitSeq(list, ",") {
		f := featureAt(s.stream, strings.TrimSpace(word))
		if f < 0 {
			return fmt.Errorf("%s has no feature %q: it has %s (--behavior, --external)", s.stream.Name, word, featuresOf(s.stream))
		}
		s.features = append(s.features, f)
	}
	return nil
}

// featureAt returns the place of a feature that is called so, or that this is the place
// of; -1: there is none.
func featureAt(s *dataset.Stream, word string) int {
	for f := range s.Features {
		if word == featureName(s, f) {
			return f
		}
	}
	if f, err := strconv.Atoi(word); err == nil && f >= 0 && f < s.Features {
		return f
	}
	return -1
}

// findFeature finds a feature that one stream alone has.
func (s *source) findFeature(r *dataset.Recording, name string) bool {
	for _, stream := range r.Streams {
		if f := slices.Index(stream.Names, name); f >= 0 {
			if s.stream != nil {
				s.stream = nil
				return false
			}
			s.stream, s.features, s.alone = stream, []int{f}, true
		}
	}
	return s.stream != nil
}

// streamsThere lists streams.
func streamsThere(r *dataset.Recording) string {
	if len(r.Streams) == 0 {
		return "the recording has none"
	}
	all := make([]string, len(r.Streams))
	for i, s := range r.Streams {
		all[i] = fmt.Sprintf("%s (%s)", s.Name, featuresOf(s))
	}
	return "the recording has " + strings.Join(all, "; ")
}

// featuresOf lists the features of a stream.
func featuresOf(s *dataset.Stream) string {
	if s.Names == nil && s.Features > 1 {
		return fmt.Sprintf("0 to %d", s.Features-1)
	}
	names := make([]string, s.Features)
	for f := range names {
		names[f] = featureName(s, f)
	}
	return few(names)
}
