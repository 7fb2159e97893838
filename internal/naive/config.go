package naive

// Prior is the prior over inferred inputs or over the initial condition.
type Prior string

// The priors. The initial condition has Normal or None.
const (
	AR1      Prior = "ar1"       // autoregressive, learned time constant and noise
	Normal   Prior = "normal"    // independent in time, learned mean
	StudentT Prior = "student_t" // as Normal, with heavy tails
	None     Prior = "none"      // no divergence
)

// Likelihood is the distribution of an observation given the readout.
type Likelihood string

// The likelihoods.
const (
	Poisson  Likelihood = "poisson"  // of counts; the readout is the log rate per bin
	Gaussian Likelihood = "gaussian" // the readout is [means, log variances]
	Gamma    Likelihood = "gamma"    // of positive numbers; [log shapes, log rates]
	MSE      Likelihood = "mse"      // squared error; the readout is the mean
	// Zero, or else Gamma beyond Config.ZIG.Location: [shapes, rates, chances of no
	// zero], each through a sigmoid.
	ZeroInflatedGamma Likelihood = "zero_inflated_gamma"
)

// readoutParams returns how many numbers the readout gives per neuron.
func (l Likelihood) readoutParams() int {
	switch l {
	case Gaussian, Gamma:
		return 2
	case ZeroInflatedGamma:
		return 3
	}
	return 1
}

// ZIG is what the zero-inflated Gamma likelihood has beside the readout: learned
// scales of shape and rate, recon.0.scale [2, M], are drawn to Prior.
type ZIG struct{ Location, Prior, Penalty float64 }

// Config is everything about a model and its optimiser that is not learned.
// There are no defaults: zero means zero.
type Config struct {
	Neurons, ReconNeurons int // N read, M reconstructed
	Bins, ReconBins       int // T read, T' reconstructed
	ICSegmentBins         int // bins for the initial condition only; 0: all bins serve both
	ExternalInputs        int

	GeneratorDim, Factors              int
	InitialConditionDim, ICEncoderDim  int
	CIEncoderDim, ControllerDim, CILag int
	InferredInputs                     int // 0: no controller, no controller-input encoder

	CellClip               float64 // limit of every GRU state
	ICPosteriorMinVariance float64
	Variational            bool // false: samples are posterior means, and both priors None
	ICPrior, InputPrior    Prior
	DegreesOfFreedom       float64 // of StudentT
	Likelihood             Likelihood
	ZIG                    ZIG
	CoordinatedDropoutRate float64 // share of inputs zeroed; used where Inputs.Kept is given

	SumRecon             bool // reconstruction loss: sum over bins and neurons, not the mean
	LossScale            float64
	KLICScale            float64
	KLInputScale         float64
	L2GeneratorScale     float64
	L2ControllerScale    float64
	L2ICEncoderScale     float64
	L2CIEncoderScale     float64
	Epoch                int // completed epochs: where the ramps stand
	KLRampStart          int
	KLRampEpochs         int
	L2RampStart          int
	L2RampEpochs         int
	LearningRate         float64
	AdamBeta1, AdamBeta2 float64
	AdamEpsilon          float64
	WeightDecay          float64 // before its ramp, which is that of L2
	GradientClip         float64 // limit of the global gradient norm
}

// KLRamp returns the factor on the divergences at the configured epoch.
func (c *Config) KLRamp() float64 { return Ramp(c.Epoch, c.KLRampStart, c.KLRampEpochs) }

// L2Ramp returns the factor on L2 and weight decay at the configured epoch.
func (c *Config) L2Ramp() float64 { return Ramp(c.Epoch, c.L2RampStart, c.L2RampEpochs) }

// Ramp rises linearly from 0 to 1 over increase+1 epochs from start:
// clamp((epoch + 1 - start) / (increase + 1), 0, 1).
func Ramp(epoch, start, increase int) float64 {
	return max(0, min(1, float64(epoch+1-start)/float64(increase+1)))
}
