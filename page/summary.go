package page

// Summary is a run in a list of runs.
type Summary struct {
	Name   string   `json:"name"` // of the run folder
	Data   string   `json:"data"` // name of the data file
	State  State    `json:"state"`
	Score  *Number  `json:"score"`   // the best so far
	Unit   string   `json:"unit"`    // of it; runs of different units are not to be compared
	SHA256 string   `json:"sha256"`  // of the data: runs of other data are not to be compared
	X      []int    `json:"x"`       // epochs of one member at the end of each generation
	Y      []Number `json:"y"`       // the best score of each generation; null: none has one
	Fault  string   `json:"fault"`   // why the run cannot be read, a sentence; "": it can
	Notes  int      `json:"notes"`   // how many warnings and notes its page has
	Change int      `json:"version"` // grows whenever the run's document is another one; set by who serves it
}
