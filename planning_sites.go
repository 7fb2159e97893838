package autolfads

import (
	"fmt"
	"runtime"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/plan"
	"github.com/autolfads/autolfads/run/local"
)

// estimate fills in the schedules, here and elsewhere, and what a unit asks a cluster for.
func (planned *Planned) estimate(p *Planning) error {
	r, members := &p.Job.Resources, planned.Most.Members()
	here := r.cores()
	planned.Here = planned.at(machine("this machine", runtime.GOMAXPROCS(0), here, members))
	if p.Cores > 0 {
		planned.Beside = append(planned.Beside, planned.at(machineOf(p.Cores, r.Threads, members)))
	}
	threads := max(r.Threads, 1)
	if p.Nodes > 0 {
		slots := p.Nodes * (p.CoresPerNode / threads)
		for _, site := range []plan.Site{planned.array(slots, threads), plan.Steps(slots, threads, planned.Dataset.Bytes())} {
			site.Name = fmt.Sprintf("%d nodes of %d cores: %s", p.Nodes, p.CoresPerNode, site.Name)
			planned.Beside = append(planned.Beside, planned.at(site))
		}
	}
	planned.Tasks = planned.at(planned.array(members, threads))
	planned.Request = plan.RequestOf(planned.Tasks.Most.Longest, planned.Unit, threads)
	return planned.climb(p, threads)
}

// array is a cluster on which each unit is a task of an array.
func (planned *Planned) array(slots, threads int) plan.Site {
	return plan.Array(slots, threads, planned.Dataset.Bytes(), float64(planned.Measured.Inferring))
}

// Steps is the estimate of the search in one allocation of so many slots.
func (planned *Planned) Steps(slots int) plan.Estimate {
	return planned.at(plan.Steps(slots, planned.Request.Cores, planned.Dataset.Bytes()))
}

// at is the estimate of the search at a site.
func (planned *Planned) at(s plan.Site) plan.Estimate {
	return plan.Estimated(&planned.Fewest, &planned.Most, &planned.Cost, s)
}

// machine is a machine's cores as a site.
func machine(name string, cores int, of local.Cores, members int) plan.Site {
	workers, threads := of.Share(members)
	return plan.Site{Name: fmt.Sprintf("%s, %d cores", name, cores), Slots: workers, Threads: threads, Held: true}
}

// machineOf is another machine of so many cores, shared out as this one's are.
func machineOf(cores, threads, members int) plan.Site {
	workers := max(1, min(cores, members))
	if threads == 0 {
		threads = max(1, cores/workers)
	}
	return plan.Site{Name: fmt.Sprintf("a machine of %d such cores", cores), Slots: workers, Threads: threads, Held: true}
}

// climb fills in the ladder: populations of other sizes are other searches, of one seed. Of a
// search whose models are not counted there is one step.
func (planned *Planned) climb(p *Planning, threads int) error {
	members, cores := planned.Most.Members(), runtime.GOMAXPROCS(0)
	for _, step := range plan.Ladder(members) {
		fewest, most := planned.Fewest, planned.Most
		if step.Members != members {
			if !p.grows() {
				continue
			}
			c := planned.Config
			c.PBT.Members = step.Members
			search, err := c.Decide(p.Job.Search, p.Job.Seed)
			if err != nil {
				return err
			}
			if fewest, most, err = p.shapes(search); err != nil {
				return err
			}
		}
		site := plan.Site{Name: "here", Slots: step.Slots, Threads: threads, Held: true}
		if step.Slots*threads > cores {
			site = planned.array(step.Slots, threads)
		}
		planned.Ladder = append(planned.Ladder, plan.Estimated(&fewest, &most, &planned.Cost, site))
	}
	return nil
}

// grows reports whether a search has as many models as pbt.members says.
func (p *Planning) grows() bool {
	s := p.Job.Search
	return s.Population() || s == config.Random && p.Job.Config.Random.EpochsBudget == 0
}
