package settings

import "strings"

// synonyms are words of names, in the one form in which names are compared.
var synonyms = map[string]string{
	"lr": "learning rate", "wd": "scale decay", "cd": "coordinated dropout", "drop": "dropout", "prob": "rate",
	"gen": "generator", "fac": "factors", "factor": "factors", "latent": "factors", "latents": "factors",
	"initial": "ic", "condition": "", "conditions": "", "g0": "ic",
	"con": "controller", "ctrl": "controller", "co": "input", "inputs": "input", "inferred": "input", "ui": "input",
	"enc": "encoder", "dims": "dim", "size": "dim", "units": "dim", "hidden": "dim", "width": "dim", "ms": "dim", "dt": "bin dim", "binsize": "bin dim", "binwidth": "bin dim",
	"coef": "scale", "coeff": "scale", "lambda": "scale", "penalty": "scale", "strength": "scale", "weight": "scale", "weights": "scale", "beta": "scale",
	"var": "variance", "nvar": "noise variance", "std": "variance",
	"grad": "gradient", "norm": "", "val": "", "clipping": "clip", "bs": "batch dim", "batchsize": "batch dim",
	"epoch": "epochs", "num": "", "n": "", "number": "", "of": "", "per": "",
	"stopping": "stop", "early": "stop", "generations": "generation", "gens": "generation",
	"population": "members", "pop": "members", "models": "members", "sample": "samples",
	"loss": "likelihood", "reconstruction": "likelihood", "distribution": "likelihood", "noisemodel": "likelihood",
	"increase": "ramp", "warmup": "ramp", "anneal": "ramp",
}

// instead says what to do about names of other programs, and of this one's
// flags, that no setting is for.
var instead = map[string]string{
	"_target_":     "classes are not named here: leave it out; model.likelihood and model.input_prior choose",
	"_partial_":    "classes are not named here: leave it out",
	"defaults":     "this is a list of hydra's: write the settings themselves",
	"hydra":        "hydra's own settings have no use here: leave them out",
	"data_paths":   "the recording is the argument of `autolfads run`: leave it out",
	"datafile":     "the recording is the argument of `autolfads run`: leave it out",
	"data_dir":     "the recording is the argument of `autolfads run`: leave it out",
	"data_path":    "the recording is the argument of `autolfads run`: leave it out",
	"out":          "give it as a flag, --out DIR",
	"model_dir":    "the folder of a run is its flag --out DIR",
	"seed":         "give it as a flag, --seed N",
	"seeds":        "give one as a flag, --seed N, for each run",
	"search":       "give it as a flag: --search pbt, random or fixed",
	"search_alg":   "give it as a flag: --search pbt, random or fixed",
	"scheduler":    "give the flag --search pbt; pbt.* are its settings",
	"workers":      "give it as a flag, --workers N",
	"num_workers":  "give it as a flag, --workers N",
	"threads":      "give it as a flag, --threads N",
	"gpus":         "it trains on the cores of this machine: --workers N and --threads N",
	"accelerator":  "it trains on the cores of this machine: --workers N and --threads N",
	"devices":      "it trains on the cores of this machine: --workers N and --threads N",
	"lr_scheduler": "a population is its own schedule, and single models always have one (train.learning_rate_decay, _patience, _min): leave it out",

	"encod_data_dim": fromData, "encod_seq_len": fromData, "recon_data_dim": fromData, "recon_seq_len": fromData,
	"ext_input_dim": fromData, "data_dim": fromData, "seq_len": fromData, "num_neurons": fromData, "n_neurons": fromData,

	"recon_reduce_mean": "the loss is always a mean over trials, bins and neurons: leave it out",
	"variational":       "give it as model.variational",
	"readin":            "encoders read the neurons themselves: leave it out",
	"readout":           "it is always linear and made for the data: leave it out",
	"train_aug_stack":   byName, "infer_aug_stack": byName, "augmentations": byName, "transforms": byName,
	"sv_rate": "give it as train.augment.sample_validation",
	"sv_seed": "which elements are kept follows from the run's seed: leave it out",
}

const (
	fromData = "the data file says it: leave it out"
	byName   = "augmentations are settings by name, each with its strength: train.augment.NAME=1 (docs/configuration.md lists the names), and train.coordinated_dropout_rate; leave it out"
)

// withoutCounterpart returns what to do about a name that has no counterpart:
// its last part's, or that of the group it lies in.
func withoutCounterpart(name string) (text string, ok bool) {
	name = strings.ToLower(name)
	if text, ok = instead[last(name)]; ok {
		return text, ok
	}
	text, ok = instead[groupOf(name)]
	return text, ok
}
