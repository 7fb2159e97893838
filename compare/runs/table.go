package runs

import "strconv"

// Table is everything as a table of text, for CSV: a head, then a row a run. Numbers have
// as many digits as it takes to read them back; what is not known is empty.
func (c *Comparison) Table() [][]string {
	head := []string{
		"run", "dir", "state", "why", "data", "sha256", "version", "search", "seed", "generations", "epochs", "wall_seconds", "training_seconds",
		"generation", "member", "epoch", "score",
	}
	for _, name := range c.Scores {
		head = append(head, name.Name, name.Name+" low", name.Name+" high")
	}
	for _, s := range c.Settings {
		if !beside[s.Key] {
			head = append(head, s.Key)
		}
	}
	rows := [][]string{head}
	for i := range c.Runs {
		rows = append(rows, c.row(i))
	}
	return rows
}

// beside are settings that have columns anyway.
var beside = map[string]bool{"data": true, "search": true, "seed": true, "version": true}

// row is a run's.
func (c *Comparison) row(i int) []string {
	r := &c.Runs[i]
	row := []string{
		r.Name, r.Dir, r.State, r.Why, r.Data, r.SHA256, r.Version, r.Search, r.Seed,
		strconv.Itoa(r.Generations), strconv.Itoa(r.Epochs), known(r.Seconds), known(r.TrainingSeconds),
	}
	if b := r.Chosen; b != nil {
		validation := ""
		if b.Of == "" { // a training loss is no score
			validation = number(b.Final())
		}
		row = append(row, strconv.Itoa(b.Generation), strconv.Itoa(b.Member), strconv.Itoa(b.Epoch), validation)
	} else {
		row = append(row, "", "", "", "")
	}
	for _, name := range c.Scores {
		value, low, high := "", "", ""
		if s := r.Score(name.Name); s != nil {
			value = number(s.Value)
			if ends := interval(s); ends != nil {
				low, high = number(ends.Low), number(ends.High)
			}
		}
		row = append(row, value, low, high)
	}
	for _, s := range c.Settings {
		if !beside[s.Key] {
			row = append(row, s.Values[i])
		}
	}
	return row
}

// known is a number of seconds; "" if it is not known.
func known(seconds float64) string {
	if seconds == 0 {
		return ""
	}
	return number(seconds)
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
