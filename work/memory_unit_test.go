package work

import (
	"testing"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/run/local"
)

// A unit needs its member and what that leaves behind, the data while they are read, and a
// process, in whole steps. That it is enough is measured by TestMemoryOfUnits of cmd/autolfads.
func TestUnitMemory(t *testing.T) {
	c, d := config.Default(), fewTrials(t)
	s, err := c.Decide(config.PBT, 0)
	if err != nil {
		t.Fatal(err)
	}
	member := MemberMemory(c, d, s, 2)
	if one := MemberMemory(c, d, s, 1).Total(); one > member.Total() || one <= 0 {
		t.Errorf("on one thread a member holds %d bytes, on two %d", one, member.Total())
	}
	got, need := UnitMemory(c, d, s, 2), member.Total()+2*member.Optimiser+2*d.Bytes()+program
	if got%rounding != 0 || got < need {
		t.Errorf("a unit needs %d bytes, and is said to need %d", need, got)
	}
	c.Model.GeneratorDim, c.Model.ICEncoderDim = 512, 512
	larger := MemberMemory(c, d, s, 2)
	more := float64(larger.Total() - member.Total())
	if grown := float64(UnitMemory(c, d, s, 2) - got); grown < garbage*more-rounding {
		t.Errorf("a member that holds %v bytes more has a unit ask for %v more", more, grown)
	}
}

// The process that drives a run needs what a unit does, and what it infers and scores in the end.
func TestDriverMemory(t *testing.T) {
	c, d := config.Default(), fewTrials(t)
	s, err := c.Decide(config.PBT, 0)
	if err != nil {
		t.Fatal(err)
	}
	unit, driver := UnitMemory(c, d, s, 1), DriverMemory(c, d, s, 1)
	if end := planOf(c, d, s, local.Cores{Workers: 1, Threads: 1}).scoring(); end <= 0 || driver < unit+end || driver%rounding != 0 {
		t.Errorf("driving needs %d bytes; a unit %d, and the end of the run %d", driver, unit, end)
	}
}
