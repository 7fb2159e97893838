package main

import (
	"fmt"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/plan"
)

// planText is a plan in words and tables.
type planText struct {
	*autolfads.Planned
	search    autolfads.Search
	processor string // that was measured on
	commands  slurmLines
}

func (p *planText) lines() []string {
	lines := []string{p.data(), p.searched(), p.memory(), p.measured()}
	if busy := p.busy(); busy != "" {
		lines = append(lines, busy)
	}
	lines = append(lines, "")
	rows := [][]string{{"", "members", "", "search", "with rates", "core-", ""}, {"where", "at a time", "generations", "alone", "and scores", "hours", "waiting"}}
	for _, e := range append([]plan.Estimate{p.Here}, p.Beside...) {
		rows = append(rows, whereRow(&e))
	}
	lines = append(append(lines, alignLeft(rows)...), "", "from one slot to many:")
	rows = [][]string{{"members", "slots", "where", "search", "core-hours", "waiting"}}
	for _, e := range p.Ladder {
		rows = append(rows, ladderRow(&e))
	}
	lines = append(lines, alignLeft(rows)...)
	lines = append(lines, "")
	lines = append(lines, fmt.Sprintf("on SLURM, each member of a generation a task of an array (%s each):", timeSpan(p.Tasks.Most.Shortest, p.Tasks.Most.Longest)), "  "+p.commands.Array)
	lines = append(lines, "or all in one allocation, where there is no room for arrays:", "  "+p.commands.Steps+" > results.sh; sbatch results.sh")
	lines = append(lines, "or arrays, driven from a job, where nothing may run on a login node:", "  "+p.commands.Drive+" > drive.sh; sbatch drive.sh")
	return append(lines, "", "waiting: share of the slots' time until a generation's last unit has ended. Waiting in a queue is in none of the times.")
}

// data says what is modelled.
func (p *planText) data() string {
	d := p.Dataset
	text := fmt.Sprintf("%s: %d + %d trials", d.Name, d.Train.Trials(), d.Valid.Trials())
	if n := d.Test.Trials(); n > 0 {
		text += fmt.Sprintf(" + %d", n)
	}
	return fmt.Sprintf("%s of %d bins, %d neurons", text, d.Train.Recon.Bins, d.Train.Recon.Features)
}

// searched says what is trained.
func (p *planText) searched() string {
	first := p.Most.Parts[0]
	models := "1 model"
	if n := p.Most.Members(); n > 1 {
		models = fmt.Sprintf("%d models", n)
	}
	text := fmt.Sprintf("search: %s, %s of %s epochs", p.search, models, span(p.Fewest.Parts[0].Units[0], first.Units[0]))
	if p.search.Population() {
		text = fmt.Sprintf("search: %s, %d members, %d epochs", p.search, p.Most.Members(), first.Units[0])
		if len(p.Most.Parts) > 1 && !p.Most.Parts[1].Finish {
			text += fmt.Sprintf(", then %d a generation", p.Most.Parts[1].Units[0])
		}
		text += fmt.Sprintf("; generations: %s", span(p.Fewest.Generations(), p.Most.Generations()))
	}
	return text + fmt.Sprintf("; epochs of all: %s", span(p.Fewest.Epochs(), p.Most.Epochs()))
}

func (p *planText) memory() string {
	return fmt.Sprintf("memory: a member of %d parameters holds %.0f MiB in training; a process that trains one, with the data, %.0f MiB; one that drives a run on a cluster %.0f MiB",
		p.Member.Params, float64(p.Member.Total())/(1<<20), float64(p.Unit)/(1<<20), float64(p.Drive)/(1<<20))
}

func (p *planText) measured() string {
	m, c := &p.Measured, &p.Cost
	text := fmt.Sprintf("measured here in %s (%s): members side by side: %d, threads of each: %d; an epoch %s on one thread", lasting(m.Took), p.processor, m.Workers, m.Threads, digits(c.Epoch))
	if m.Share < 1 {
		text += fmt.Sprintf(" (of %.0f %% of the trials, in proportion)", 100*m.Share)
	}
	if c.Review > 0 {
		text += fmt.Sprintf("; a model scored anew %s", digits(c.Review))
	}
	return text + fmt.Sprintf("; rates, scores and figures about %s", digits(c.Infer+c.After))
}

// leastOurs is what share of its cores a measurement has on a machine with nothing else to do, at the
// least: two threads that share a batch wait for each other now and then.
const leastOurs = .85

// busy warns of a measurement on a busy machine; "": it was not, as far as is known.
func (p *planText) busy() string {
	if ours := p.Measured.Ours; ours == 0 || ours >= leastOurs*p.waitless() {
		return ""
	}
	return fmt.Sprintf("warning: other processes took part of the cores meanwhile, and left %.0f %% of them: times are those of a busy machine; measure again when nothing else runs", 100*p.Measured.Ours)
}

// waitless is what share of their time threads compute: those that share a batch wait for
// what only one of them does.
func (p *planText) waitless() float64 {
	threads := p.Measured.Threads
	return p.Cost.Epoch.Seconds() / (float64(threads) * p.Cost.EpochOn(threads).Seconds())
}

// whereRow is a machine's or a cluster's row.
func whereRow(e *plan.Estimate) []string {
	return []string{
		e.Name, fmt.Sprintf("%d x %d", e.Slots, e.Threads), span(e.Fewest.Generations, e.Most.Generations),
		timeSpan(e.Fewest.Search, e.Most.Search), timeSpan(e.Fewest.Whole, e.Most.Whole), hoursSpan(e), waiting(e),
	}
}

func ladderRow(e *plan.Estimate) []string {
	where := e.Name
	if where != "here" {
		where = "SLURM"
	}
	return []string{fmt.Sprint(e.Members), fmt.Sprint(e.Slots), where, timeSpan(e.Fewest.Search, e.Most.Search), hoursSpan(e), waiting(e)}
}

func waiting(e *plan.Estimate) string { return fmt.Sprintf("%.0f %%", 100*e.Most.Waiting()) }

// span is a range of whole numbers, one of them if they are the same.
func span(least, most int) string { return joined(fmt.Sprint(least), fmt.Sprint(most)) }

func timeSpan(least, most time.Duration) string { return joined(lasting(least), lasting(most)) }

func hoursSpan(e *plan.Estimate) string {
	return joined(hours(e.Fewest.CoreSeconds/3600), hours(e.Most.CoreSeconds/3600))
}

// hours writes core-hours in two digits, or whole.
func hours(h float64) string {
	if h < 10 {
		return fmt.Sprintf("%.2g", h)
	}
	return fmt.Sprintf("%.0f", h)
}

func joined(least, most string) string {
	if least == most {
		return most
	}
	return least + " to " + most
}

// lasting writes a time in seconds up to ten minutes, then in minutes, and what lasts for
// days in days.
func lasting(d time.Duration) string {
	switch {
	case d < 10*time.Minute:
		return d.Round(time.Second).String()
	case d < 100*time.Hour:
		return short(d)
	}
	return fmt.Sprintf("%.0f days", d.Hours()/24)
}

// digits writes a measured time in two or three digits.
func digits(d time.Duration) string {
	for _, unit := range []time.Duration{time.Second, 100 * time.Millisecond, 10 * time.Millisecond, time.Millisecond} {
		if d >= 20*unit {
			return d.Round(unit).String()
		}
	}
	return d.Round(10 * time.Microsecond).String()
}
