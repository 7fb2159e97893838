package slurm

import (
	"regexp"
	"strings"
)

// hold says who holds a task back.
type hold int

const (
	free     hold = iota
	byQueue       // SLURM itself, after a start that failed: it is released
	byPerson      // by decision of somebody, of an administrator's rule too: it is not contradicted
	forever       // it asks for what is not there
)

// heldBy says who holds a pending task back. Reasons are words or, of some versions, sentences.
func heldBy(t *task) hold {
	reason := word(t.Reason)
	switch {
	case t.State == "SPECIAL_EXIT" || t.State == "REQUEUE_HOLD":
		return byPerson
	case t.State != "PENDING":
		return free
	case strings.Contains(reason, "launchfailed") || reason == "jobholdmaxrequeue":
		return byQueue
	case strings.HasPrefix(reason, "jobheld") || strings.Contains(reason, "requeuedinheldstate"):
		return byPerson
	case advice(t) != "":
		return forever
	}
	return free
}

// why is why a task waits: its reason, or the state that says it.
func (t *task) why() string {
	if t.Reason == "" || t.Reason == "None" {
		return t.State
	}
	return t.Reason
}

// hopeless are reasons that do not pass by themselves, and what to do about each.
var hopeless = map[string]string{
	"partitiontimelimit":       "it asks for more time than the partition allows: give a shorter --slurm time=, or another partition=",
	"maxmemperlimit":           "it asks for more memory than the partition or the cluster allows: give less --slurm mem=, or another partition=",
	"badconstraints":           "no node can be as it asks: look at --slurm mem=, gres=, constraint= and --threads",
	"invalidaccount":           "the account is not valid: give another --slurm account=",
	"invalidqos":               "the quality of service is not valid: give another --slurm qos=",
	"accountnotallowed":        "the account may not use the partition: give another --slurm account= or partition=",
	"qosnotallowed":            "the quality of service may not be used there: give another --slurm qos= or partition=",
	"dependencyneversatisfied": "it waits for a job that will not succeed",
}

// ofOneJob are reasons of limits for a single job, or for what it has on a node; limits for all of
// an account's jobs together pass.
var ofOneJob = regexp.MustCompile(`^(assoc|qos)max\w*per(job|node)`)

// advice says what to do about a task that is never started; "": it may be.
func advice(t *task) string {
	reason := word(t.Reason)
	switch {
	case ofOneJob.MatchString(reason):
		return "the account, or its quality of service, has a limit for one job: give a shorter --slurm time=, less mem= or --threads, or another qos="
	case strings.HasPrefix(reason, "qosmin"):
		return "it asks for less than its quality of service is for: give another --slurm qos="
	}
	return hopeless[reason]
}

// word is a reason as one word in small letters: versions of SLURM write them differently.
func word(reason string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "_", "").Replace(reason))
}

// meaning says what the more usual reasons mean; "": they say it themselves.
func meaning(reason string) string {
	switch {
	case reason == "Priority":
		return ": others come first"
	case reason == "Resources":
		return ": nothing is free that has what it asks for"
	case reason == beginTime:
		return ": it is begun again in a moment, after an interruption"
	case reason == "JobArrayTaskLimit":
		return ": as many tasks of the array are executed as --slurm at-once= allows"
	case strings.Contains(reason, "Limit") || strings.HasPrefix(reason, "Assoc") || strings.HasPrefix(reason, "QOS"):
		return ": a limit of the account, its quality of service or the partition"
	case strings.HasPrefix(reason, "ReqNodeNotAvail") || strings.HasPrefix(reason, "Node") || strings.HasPrefix(reason, "Partition"):
		return ": nodes or the partition are not available"
	}
	return ""
}

// ending says in words how a task ended that has not come to a result.
func ending(state string) string {
	switch state {
	case "NODE_FAIL", "BOOT_FAIL":
		return "its node failed"
	case "PREEMPTED":
		return "it had to make room for another job"
	case "TIMEOUT", "DEADLINE":
		return "its time was over: a longer --slurm time= has it begun again less often"
	case "OUT_OF_MEMORY":
		return "it had more memory than it asked for: give --slurm mem="
	case "CANCELLED", "REVOKED":
		return "somebody cancelled it"
	case "FAILED":
		return "it stopped before its end"
	}
	return ""
}
