package page

import (
	"fmt"
	"path"
	"strings"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/prepare"
	"github.com/autolfads/autolfads/run"
)

// data is what run.yaml says of the data.
func (b *begun) data() Data {
	h := &b.header
	d := Data{Name: called(&h.Data), SHA256: h.Data.SHA256, Training: h.Trials.Training, Forward: h.Trials.ForwardBins}
	if finite(h.Trials.BinMs) {
		d.BinMs = h.Trials.BinMs
	}
	return d
}

// called is the name of a data file, whatever system its path is of.
func called(d *run.Data) string {
	if d.Name == "" && d.Path == "" {
		return ""
	}
	return path.Base(strings.ReplaceAll(d.Called(), `\`, "/"))
}

// settings lists all settings, by key.
func (b *begun) settings() (all []Setting) {
	if b.config == nil {
		return nil
	}
	usual := config.Default()
	defaults := map[string]string{}
	for _, v := range settings.Values(&usual) {
		defaults[v.Key] = v.Text
	}
	for _, v := range settings.Values(b.config) {
		all = append(all, Setting{v.Key, v.Text, defaults[v.Key], v.Text != defaults[v.Key]})
	}
	return all
}

// What command lines have in the place of folders: where these are, a document does not say.
const (
	thisRun = "RUN"
	another = "ANOTHER"
)

// searched is how many generations there are, without a finish.
func (d *Document) searched() (n int) {
	for _, g := range d.Course.Generations {
		if !g.Finish {
			n++
		}
	}
	return n
}

// commands are command lines that go on from a run.
func (b *begun) commands(d *Document) (all []Command) {
	add := func(what string, words ...string) {
		all = append(all, Command{what, prepare.Command(words...)})
	}
	h, data := &b.header, d.Data.Name
	if data == "" {
		return nil
	}
	if relative := h.Data.Relative; strings.HasPrefix(relative, "data/") { // made there, of a recording
		data = thisRun + "/" + relative
	} else if strings.HasPrefix(data, "-") {
		data = "./" + data
	}
	switch b.how() {
	case schedule: // it follows another run's model, which the folder does not hold
	default:
		add("the same again", "autolfads", "run", data, "--out", another, "--config", thisRun+"/run.yaml", "--search", h.Search, "--seed", fmt.Sprint(h.Seed))
	}
	switch most := d.State.Most; {
	case d.State.Status == "failed": // by its models, which would be the same again
	case d.State.Status != "finished":
		add("go on with it", "autolfads", "resume", thisRun)
	case b.how() == exploits && most > 0 && d.searched() >= most: // no stop rule ended it
		add("make the search longer", "autolfads", "resume", thisRun, "--set", fmt.Sprintf("pbt.max_generations=%d", 2*most))
	}
	if d.Output != "" {
		add("rates of another recording of these neurons", "autolfads", "infer", thisRun, "OTHER.h5", "--out", "rates.h5")
		add("scores again, beside other methods", "autolfads", "evaluate", thisRun, "--figures", "figures")
		add("the same schedule, other seeds", "autolfads", "replay", thisRun, "--out", another, "--seeds", "5")
	}
	return all
}
