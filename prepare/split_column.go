package prepare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// partWords are what columns call the parts, in small letters.
var partWords = map[string]part{
	"train": toTrain, "training": toTrain,
	"val": toValidate, "valid": toValidate, "validation": toValidate,
	"test": toTest, "testing": toTest,
	"none": toNothing, "nan": toNothing, "": toNothing,
}

// partsOf returns what a column says that each row is for, of those wanted.
func partsOf(t *dataset.Table, o *SplitOptions, wanted []bool) ([]part, error) {
	c := t.Column(o.Column)
	if c == nil || c.Lists != nil {
		return nil, fmt.Errorf("--split-column: %s has no column %s of words, numbers or flags: it has %s", t.Name, o.Column, columnNames(t))
	}
	meant, err := partMap(c, o.Map)
	if err != nil {
		return nil, fmt.Errorf("--split-map %q: %w", o.Map, err)
	}
	parts, odd := make([]part, t.Rows), []string{}
	for i := range parts {
		if !wanted[i] {
			continue
		}
		text := strings.TrimSpace(c.Text(i))
		is, known := meant[text]
		if !known {
			is, known = partWords[strings.ToLower(text)]
		}
		if parts[i] = is; !known && !slices.Contains(odd, text) {
			odd = append(odd, text)
		}
	}
	if len(odd) > 0 {
		return nil, fmt.Errorf("--split-column: %s says %s, and not train, valid, test or none: say what is meant (--split-map '%s=train,...')", o.Column, few(odd), odd[0])
	}
	return parts, nil
}

// partMap reads what words of a column mean.
func partMap(c *dataset.Column, text string) (map[string]part, error) {
	meant := map[string]part{}
	for _, item := range listed(text) {
		at := strings.LastIndex(item, "=")
		if at < 0 {
			return nil, fmt.Errorf("%s is not WORD=PART, as in a=train,b=valid,c=test,d=none", item)
		}
		word, name := strings.TrimSpace(item[:at]), strings.ToLower(strings.TrimSpace(item[at+1:]))
		is, known := partWords[name]
		switch {
		case !known:
			return nil, fmt.Errorf("there is no part %s: there are train, valid, test and none", name)
		case !slices.ContainsFunc(texts(c), func(t string) bool { return t == word }):
			return nil, fmt.Errorf("no row of %s is %s: there are %s", c.Name, word, few(distinct(texts(c))))
		}
		meant[word] = is
	}
	return meant, nil
}

// texts are the values of a column as a table shows them.
func texts(c *dataset.Column) []string {
	all := make([]string, c.Len())
	for i := range all {
		all[i] = strings.TrimSpace(c.Text(i))
	}
	return all
}

func distinct(words []string) []string { return slices.Compact(slices.Sorted(slices.Values(words))) }

// splitByColumn is what the column says of the trials kept.
func (m *maker) splitByColumn(o *SplitOptions) ([]part, error) {
	parts, of := make([]part, len(m.ids)), map[part]int{}
	for i, row := range m.ids {
		parts[i] = m.rowParts[row]
		of[parts[i]]++
	}
	if of[toTrain] == 0 || of[toValidate] == 0 {
		return nil, fmt.Errorf("--split-column: by %s %d of the trials kept train, %d validate and %d test: there must be some to train on and some to validate with; say otherwise with --split-map, such as 'test=valid', or take a share (--valid-share)", o.Column, of[toTrain], of[toValidate], of[toTest])
	}
	m.rule = "column " + o.Column
	if o.Map != "" {
		m.rule += " with " + o.Map
	}
	return parts, nil
}
