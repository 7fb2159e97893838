package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/prepare"
)

// selectFlags say what of a recording is kept.
type selectFlags struct {
	Where        []string `help:"Keep trials of which a condition on their columns is true: --where 'result == \"R\" && duration < 2'. Of several all must be." placeholder:"CONDITION" sep:"none" group:"Trials:"`
	Units        []string `help:"Keep units of which a condition on their columns is true: --units 'quality == \"good\" && rate_hz > 1'." placeholder:"CONDITION" sep:"none" group:"Units:"`
	OnlyUnits    string   `help:"Keep these units alone: ids as info shows them (3,5,7), or @FILE of one a line." placeholder:"IDS" group:"Units:"`
	WithoutUnits string   `help:"Leave out these units." placeholder:"IDS" group:"Units:"`
	JoinUnits    string   `help:"Take units of one value in a column for one unit: --join-units channel counts all threshold crossings of a channel." placeholder:"COLUMN" group:"Units:"`
	MinRateHz    float64  `help:"Leave out units that fire less in the trials kept." placeholder:"HZ" group:"Units:"`

	DropCorrelated float64 `help:"Leave out units whose counts in 1 ms correlate more with others', each time the one in most such pairs." placeholder:"0.2" group:"Units:"`
}

func (f *selectFlags) fillSelection(o *prepare.Options) error {
	o.Where, o.Units.Where = allOf(f.Where), allOf(f.Units)
	o.Units.Join, o.Units.MinRateHz, o.Units.DropCorrelated = f.JoinUnits, f.MinRateHz, f.DropCorrelated
	var err error
	if o.Units.Only, err = fromFile(f.OnlyUnits); err != nil {
		return err
	}
	o.Units.Without, err = fromFile(f.WithoutUnits)
	return err
}

// allOf puts conditions together, all of which must be true.
func allOf(conditions []string) string {
	given := slices.DeleteFunc(slices.Clone(conditions), func(s string) bool { return s == "" })
	if len(given) < 2 {
		return strings.Join(given, "")
	}
	return "(" + strings.Join(given, ") && (") + ")"
}

// fromFile returns a list as a flag has it; that of @FILE are the lines of a file.
func fromFile(list string) (string, error) {
	path, is := strings.CutPrefix(list, "@")
	if !is {
		return list, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("the list %s cannot be read: %w; give a file of one id a line", list, err)
	}
	var items []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" {
			items = append(items, line)
		}
	}
	if len(items) == 0 {
		return "", fmt.Errorf("%s lists nothing: give a file of one id a line", path)
	}
	return strings.Join(items, ","), nil
}
