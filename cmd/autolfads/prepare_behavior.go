package main

import "github.com/autolfads/autolfads/prepare"

// behaviorFlags say what goes with the spikes.
type behaviorFlags struct {
	Behavior []string `help:"Stream to decode from rates (info lists them): hand_vel, hand_vel[0], velocity(cursor_pos), held(target_pos), or a column as trials.speed. Can be given again." placeholder:"NAME" sep:"none" group:"Behaviour:"`
	LagMs    float64  `help:"How much later than the spikes behaviour is taken, in ms; --lag-ms=-20: earlier." default:"0" placeholder:"MS" group:"Behaviour:"`
	External []string `help:"Stream that the model is told as an external input, at the time of the spikes. Can be given again." placeholder:"NAME" sep:"none" group:"Behaviour:"`
}

func (f *behaviorFlags) fillBehavior(o *prepare.Options) error {
	o.Behavior = prepare.BehaviorOptions{Names: f.Behavior, LagMs: f.LagMs, Inputs: f.External}
	return nil
}
