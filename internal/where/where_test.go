package where

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

var nan = math.NaN()

// reaches is a table of four trials.
func reaches() *dataset.Table {
	return &dataset.Table{Name: "trials", Rows: 4, Columns: []*dataset.Column{
		{Name: "split", Words: []string{"train", "val", "train", ""}},
		{Name: "result", Words: []string{"R", "R", "F", "R"}},
		{Name: "duration", Numbers: []float64{1.5, 2, 3, nan}},
		{Name: "correct", Flags: []bool{true, false, true, true}},
		{Name: "early", Numbers: []float64{0, 1, 0, 0}},
		{Name: "target on", Numbers: []float64{.1, .2, nan, .4}},
		{Name: "stim.side", Words: []string{"left", "right", "left", "left"}},
		{Name: "pos", Lists: [][]float64{{1, 2}, {-1, 2}, {3, 4}, {}}},
		{Name: "let", Numbers: []float64{1, 2, 3, 4}},
		{Name: "count", Numbers: []float64{1, 2, 3, 4}},
	}}
}

func TestRows(t *testing.T) {
	for text, want := range map[string][]int{
		`split == "train" && result == 'R' && duration < 2`: {0},
		`split == "train" and not (result == "R")`:          {2},
		`correct && !(early == 1)`:                          {0, 2, 3},
		`correct == true or early != 0`:                     {0, 1, 2, 3},
		`duration < 2`:                                      {0},
		`duration >= 2`:                                     {1, 2},
		`!(duration < 2)`:                                   {1, 2, 3}, // not known, so not less
		`duration != 2`:                                     {0, 2, 3}, // as in Go and NumPy
		`duration == duration`:                              {0, 1, 2},
		`known(duration) && known(split)`:                   {0, 1, 2},
		`known(correct)`:                                    {0, 1, 2, 3},
		`1 < duration < 3`:                                  {0, 1},
		`1 < duration <= 3`:                                 {0, 1, 2},
		`col("target on") > .15`:                            {1, 3},
		`col("stim.side") == "left"`:                        {0, 2, 3},
		`col("let") > 2`:                                    {2, 3},
		`split in ["train", "test"]`:                        {0, 2},
		`split not in ["train", "test"]`:                    {1, 3},
		`count in [2, 3]`:                                   {1, 2},
		`count in [1, 2.0, 9]`:                              {0, 1},
		`early in [1]`:                                      {1},
		`int(count) in 2..3`:                                {1, 2},
		`int(count) % 2 == 0`:                               {1, 3},
		`split startsWith "tr" || split contains "al"`:      {0, 1, 2},
		`result matches "^[RS]$"`:                           {0, 1, 3},
		`lower(result) == "f"`:                              {2},
		`abs(duration - 2) < .6`:                            {0, 1},
		`max(duration, count) > 2.5`:                        {2},
		`count == 3 ? correct : false`:                      {2},
		`len(pos) > 0 && pos[0] < 2`:                        {0, 1},
		`len(result) == 1`:                                  {0, 1, 2, 3},
		`false`:                                             {},
		`true`:                                              {0, 1, 2, 3},
	} {
		e, err := Parse(text, reaches())
		if err != nil {
			t.Error(err)
			continue
		}
		rows, err := e.Rows()
		if err != nil {
			t.Error(err)
		}
		got := []int{}
		for i, is := range rows {
			if is {
				got = append(got, i)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is true of rows %v, want %v", text, got, want)
		}
	}
}

// TestRefused: each error is one line that says what helps.
func TestRefused(t *testing.T) {
	for text, says := range map[string][]string{
		`reslt == "R"`:                   {"unknown name reslt", "the columns of trials are split, result", `col("target on")`, `col("stim.side")`, `col("let")`},
		`result == R`:                    {"unknown name R", `in quotes, "R"`},
		`correct == True`:                {"write true"},
		`col("target") > 1`:              {"unknown name target"},
		`stim.side == "left"`:            {"unknown name stim", `col("stim.side")`},
		`result == 1`:                    {"== stands between a word and a number", `result holds words ("F", "R")`},
		`duration > "2"`:                 {"> stands between a number and a word", "duration holds numbers (NaN, 1.5, 2, 3)"},
		`correct == 1`:                   {"between true or false and a number", "correct holds true or false"},
		`correct && early`:               {"&& stands between true or false and a number", "early holds numbers, true is written early == 1"},
		`!early`:                         {"! stands before a number"},
		`duration`:                       {"it is a number, and must be true or false"},
		`result`:                         {"it is a word, and must be true or false"},
		`pos > 1`:                        {"between a list and a number", "pos[0]"},
		`pos[1] > 0`:                     {"row 3 of trials", "out of range", "len(x) > 1 && x[1] > 0"},
		`target on > 1`:                  {`the column target on is written col("target on")`},
		`target_on > 1`:                  {`did you mean col("target on")?`},
		`Duration > 1`:                   {"did you mean duration?"},
		`split in ("train", "val")`:      {`one of several is written in ["a", "b"]`},
		`isnan(duration)`:                {"known(x)"},
		`duration == NaN`:                {"known(x)"},
		`split in [1, 2]`:                {"in asks for a word where each is a number"},
		`early in ["1"]`:                 {"in asks for a number where each is a word", "early holds numbers"},
		`count in 1..3`:                  {"int(count) in 1..3"},
		`count % 2 == 0`:                 {"int(x) % 2"},
		`int(duration) % 2 == 0`:         {"row 3", "known(x)"},
		`result = "R"`:                   {"equal is written =="},
		`result == "R" & split == "val"`: {"and is written &&"},
		`result == "R" | split == "val"`: {"or is written ||"},
		`~correct`:                       {"not is written !"},
		"`target on` > 1":                {`col("target on")`},
		`result == "R" &&`:               {"unexpected token EOF"},
		`result == "R`:                   {"literal not terminated"},
		`now() > 1`:                      {"unknown name now"},
		`repeat("a", 1000000) == ""`:     {"unknown name repeat"},
		`split == nil`:                   {"known(x)"},
		`$env.count == 1`:                {"unknown name $env"},
		``:                               {"the condition is empty", `split == "train"`},
	} {
		e, err := Parse(text, reaches())
		if err == nil {
			_, err = e.Rows()
		}
		if err == nil {
			t.Errorf("%s is taken", text)
			continue
		}
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: several lines:\n%v", text, err)
		}
		for _, part := range says {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: does not say %q: %v", text, part, err)
			}
		}
	}
}

func TestWhyNone(t *testing.T) {
	unknown := reaches()
	unknown.Columns = append(unknown.Columns, &dataset.Column{Name: "stop", Numbers: []float64{nan, nan, nan, nan}})
	for text, says := range map[string][]string{
		`stop > 1`:                           {"stop holds numbers, none of which is known"},
		`split == "trian" && result == "R"`:  {`split == "trian" is true of 0`, `result == "R" is true of 3`, `split holds words ("", "train", "val")`},
		`split == "trian"`:                   {`split holds words`},
		`col("target on") > 1 && count == 1`: {`col("target on") > 1 is true of 0; count == 1 is true of 1`},
	} {
		e, err := Parse(text, unknown)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range says {
			if why := e.WhyNone(); !strings.Contains(why, part) {
				t.Errorf("%s: does not say %q: %s", text, part, why)
			}
		}
	}
}

// FuzzParse: no condition ends the program.
func FuzzParse(f *testing.F) {
	for _, text := range []string{`split == "train"`, `pos[0] in [1]`, `col("let") > 2 ? true : false`, `int(count) in 1..3`, `let x = 3; x > 2`, `any(pos, # > 1)`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := Parse(text, reaches())
		if err != nil {
			return
		}
		if _, err := e.Rows(); err == nil {
			e.WhyNone()
		}
	})
}
