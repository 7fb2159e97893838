package paper

import (
	"context"

	"github.com/autolfads/autolfads/evaluate"
)

// joints is Fig. 2f, g: each output of behaviour, decoded from single trials.
var joints = Experiment{
	Name:  "joints",
	Shows: "each output of behaviour decoded from single trials, beside smoothing, GPFA and random search",
	Panels: []Panel{{"2f, g", "Every output of behaviour is decoded better from the rates of a population than from those of random search, of GPFA, or of " +
		"smoothed spikes."}},
	Data: "a simulated motor cortex during reaches to random targets, whose velocity, position and target stand in for the joints of an arm; runs are those of continuous",
	Recording: "Area2_Bump, DANDI 000127, of which `autolfads prepare sub-Han.nwb --out area2.h5 --align move_onset_time --window=-100..500 --bin-ms 5 " +
		"--behavior joint_ang,joint_vel,muscle_len --lag-ms -20` makes trials; or MC_Maze-Large, DANDI 000138, with hand velocity",
	Gives: true,
	Wants: "behaviour of several outputs",
	Plan:  func(l *Lab) (*Plan, error) { return reachingSize.plan(l, l.reaching, hasBehavior) },
	Judge: jointsJudge,
	Draw: func(r *Result) []Figure {
		return outputsFigure(r.table("2f, g"), "joints", "Decoded from the rates of single trials", "validation trials")
	},
	Found: jointsFound,
}

func jointsJudge(ctx context.Context, l *Lab, p *Plan, r *Result) error {
	s, err := l.stand(ctx, p)
	if err != nil {
		return err
	}
	r.Tables = append(r.Tables, Table{Panel: "2f, g", Columns: s.columns(evaluate.NameBehavior, "behaviour R2"), Rows: s.rows(evaluate.NameBehavior)})
	return nil
}

func jointsFound(r *Result) []Finding {
	t := r.table("2f, g")
	f := eachFinding("2f, g", "R2 of each output, on validation trials", t, outputsOf(t))
	if f.Verdict == notMeasured {
		return []Finding{f}
	}
	mean := besideFinding("2f, g", "their mean", t.Rows)
	return withChoice(Finding{f.Panel, weaker(f.Verdict, mean.Verdict), f.Text + " " + mean.Text})
}
