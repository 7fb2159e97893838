// Package slurmtest is for tests of what SLURM does when things go wrong: it
// gives them a real SLURM on this machine, and breaks it as they say.
//
// .ci/slurm.sh starts that SLURM, runs the tests, and stops it again: three nodes,
// n1 to n3, that pretend to have 16 CPUs and 16 GB each. Where there is none a test is
// skipped with the reason, under AUTOLFADS_REQUIRE=1 too: what CI requires is that
// .ci/slurm.sh passes, and there no test of these is skipped.
//
// What a test breaks is whole again when it has ended. Tests that break what others
// stand on (a node, the controller, limits) must not run beside them.
package slurmtest
