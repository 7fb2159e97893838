"""Scores a submission as nlb_tools do, one data set after the other.

    python judge.py TARGETS.h5 SUBMISSION.h5

writes {group: {metric: value}} as JSON; {group: {"error": words}} where they refuse.
"""
import json, logging, sys, warnings

import h5py

warnings.filterwarnings("ignore")
from nlb_tools.evaluation import evaluate

logging.disable(logging.WARNING)
targets, submission = (h5py.File(path, "r") for path in sys.argv[1:])
answers = {}
for group in submission:
    try:
        (result,) = evaluate({group: targets[group]}, {group: submission[group]})
        (scores,) = result.values()
        answers[group] = {key.split("] ")[-1]: value for key, value in scores.items()}
    except Exception as fault:
        answers[group] = {"error": f"{type(fault).__name__}: {fault}"}
json.dump(answers, sys.stdout)
