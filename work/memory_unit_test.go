package work

import (
	"testing"

	"github.com/autolfads/autolfads/config"
)

// A unit needs its member, the data while they are read, and a process; whole steps, with a
// tenth more at the least.
func TestUnitMemory(t *testing.T) {
	c, d := config.Default(), fewTrials(t)
	s, err := c.Decide(config.PBT, 0)
	if err != nil {
		t.Fatal(err)
	}
	member := MemberMemory(c, d, s, 2).Total()
	if one := MemberMemory(c, d, s, 1).Total(); one > member || one <= 0 {
		t.Errorf("on one thread a member holds %d bytes, on two %d", one, member)
	}
	got, need := UnitMemory(c, d, s, 2), member+2*d.Bytes()+program
	if over := got - need; got%rounding != 0 || over < need/10 || over >= need/10+rounding {
		t.Errorf("a unit needs %d bytes, and is said to need %d", need, got)
	}
}
