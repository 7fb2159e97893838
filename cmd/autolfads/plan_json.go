package main

import (
	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/plan"
)

// planJSON is what plan --json prints. Times are in seconds, memory in bytes.
type planJSON struct {
	Members           int            `json:"members"`
	Generations       [2]int         `json:"generations"` // the fewest and the most
	Epochs            [2]int         `json:"epochs"`      // of all members
	Parameters        int            `json:"parameters"`
	MemberBytes       int64          `json:"member_bytes"` // a member in training, beside the data
	UnitBytes         int64          `json:"unit_bytes"`   // a process that trains one, data and all
	DriverBytes       int64          `json:"driver_bytes"` // the process that drives a run on a cluster
	EpochSeconds      float64        `json:"epoch_seconds"`
	ReviewSeconds     float64        `json:"review_seconds"`
	BeforeSeconds     float64        `json:"before_seconds"`
	AfterSeconds      float64        `json:"after_seconds"`
	MeasuredWorkers   int            `json:"measured_workers"`
	MeasuredThreads   int            `json:"measured_threads"`
	MeasuredShare     float64        `json:"measured_share"`
	MeasuredOurs      float64        `json:"measured_ours"` // share of the cores that it had; 0: unknown
	MeasuredInSeconds float64        `json:"measured_in_seconds"`
	Here              estimateJSON   `json:"here"`
	Beside            []estimateJSON `json:"beside,omitempty"`
	Ladder            []estimateJSON `json:"ladder"`
	Slurm             slurmLines     `json:"slurm"`
}

// estimateJSON is an estimate: of the fewest generations and the most.
type estimateJSON struct {
	Where   string       `json:"where"`
	Members int          `json:"members"`
	Slots   int          `json:"slots"`
	Threads int          `json:"threads"`
	Fewest  scheduleJSON `json:"fewest"`
	Most    scheduleJSON `json:"most"`
}

type scheduleJSON struct {
	Generations   int     `json:"generations"`
	Epochs        int     `json:"epochs"`
	SearchSeconds float64 `json:"search_seconds"`
	WholeSeconds  float64 `json:"whole_seconds"`
	ShortestUnit  float64 `json:"shortest_unit_seconds"`
	LongestUnit   float64 `json:"longest_unit_seconds"`
	CoreHours     float64 `json:"core_hours"`
	Waiting       float64 `json:"waiting"` // share of the slots' time
}

func planLine(p *autolfads.Planned, commands slurmLines) planJSON {
	line := planJSON{
		Members: p.Most.Members(), Generations: [2]int{p.Fewest.Generations(), p.Most.Generations()}, Epochs: [2]int{p.Fewest.Epochs(), p.Most.Epochs()},
		Parameters: p.Member.Params, MemberBytes: p.Member.Total(), UnitBytes: p.Unit, DriverBytes: p.Drive,
		EpochSeconds: p.Cost.Epoch.Seconds(), ReviewSeconds: p.Cost.Review.Seconds(), BeforeSeconds: p.Cost.Before.Seconds(), AfterSeconds: (p.Cost.Infer + p.Cost.After).Seconds(),
		MeasuredWorkers: p.Measured.Workers, MeasuredThreads: p.Measured.Threads, MeasuredShare: p.Measured.Share, MeasuredOurs: p.Measured.Ours, MeasuredInSeconds: p.Measured.Took.Seconds(),
		Here: estimateLine(&p.Here), Slurm: commands,
	}
	for i := range p.Beside {
		line.Beside = append(line.Beside, estimateLine(&p.Beside[i]))
	}
	for i := range p.Ladder {
		line.Ladder = append(line.Ladder, estimateLine(&p.Ladder[i]))
	}
	return line
}

func estimateLine(e *plan.Estimate) estimateJSON {
	return estimateJSON{e.Name, e.Members, e.Slots, e.Threads, scheduleLine(&e.Fewest), scheduleLine(&e.Most)}
}

func scheduleLine(s *plan.Schedule) scheduleJSON {
	return scheduleJSON{s.Generations, s.Epochs, s.Search.Seconds(), s.Whole.Seconds(), s.Shortest.Seconds(), s.Longest.Seconds(), s.CoreSeconds / 3600, s.Waiting()}
}
