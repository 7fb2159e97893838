"""Has nlb_tools prepare NWB files, as its own example does.

    python judge.py SOURCE DATASET BIN_MS PHASE OUT.h5

The file holds what make_train_input_tensors, make_eval_input_tensors and, in phase
val, make_eval_target_tensors give, as save_to_h5 stores it.
"""
import sys
import warnings

warnings.filterwarnings("ignore")
from nlb_tools.nwb_interface import NWBDataset
from nlb_tools.make_tensors import make_eval_input_tensors, make_eval_target_tensors, make_train_input_tensors, save_to_h5

source, name, bin_ms, phase, out = sys.argv[1:]
d = NWBDataset(source)
d.resample(int(bin_ms))
train = "train" if phase == "val" else ["train", "val"]
tensors = make_train_input_tensors(d, name, train, save_file=False, include_behavior=True, include_forward_pred=True)
tensors.update(make_eval_input_tensors(d, name, phase, save_file=False))
if phase == "val":
    tensors.update(make_eval_target_tensors(d, name, train, "val", save_file=False, include_psth=name != "mc_rtt"))
save_to_h5(tensors, out, overwrite=True)
