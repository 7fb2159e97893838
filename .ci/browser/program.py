"""The program and what it is tried on: a folder with a small data set and small runs."""

import functools
import pathlib
import queue
import re
import shutil
import subprocess
import threading
import time

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]

PATIENCE = 60  # seconds, for anything to happen: far more than it takes, for machines may be slow

# The smallest models that have every part, inferred inputs too.
MODEL = {f"model.{key}": 8 for key in ("generator_dim", "initial_condition_dim", "ic_encoder_dim", "ci_encoder_dim", "controller_dim")} | {
    "model.factors": 6,
    "model.inferred_inputs": 1,
    "train.batch_size": 16,
    "infer.samples": 5,
}


class Workplace:
    """A folder to work in, and what was made there. What is asked for again is made once."""

    def __init__(self, folder, artefacts):
        self.folder = folder
        self.artefacts = pathlib.Path(artefacts).resolve() if artefacts else folder / "artefacts"
        self.artefacts.mkdir(parents=True, exist_ok=True)

    @functools.cached_property
    def binary(self):
        out = self.folder / "autolfads"
        subprocess.run(["go", "build", "-o", out, "./cmd/autolfads"], cwd=REPOSITORY, check=True)
        return out

    @functools.cached_property
    def data(self):
        """90 trials of six conditions, 20 neurons."""
        out = self.folder / "lorenz.h5"
        self.do("synth", "lorenz", "--out", out, "--conditions", 6, "--trials", 15, "--bins", 60, "--neurons", 20, "--rate-hz", 15)
        return out

    @functools.cached_property
    def finished(self):
        """The folder of a run that has ended, of four members over six generations."""
        out = self.folder / "finished"
        self.do(*self.searching(self.data, out, members=4, generations=6, epochs=8))
        return out

    def searching(self, data, out, members, generations, epochs):
        """The arguments of a search."""
        settings = MODEL | {
            "pbt.members": members,
            "pbt.max_generations": generations,
            "pbt.first_generation_epochs": epochs,
            "pbt.epochs_per_generation": epochs,
            "pbt.stop_ratio": 0,  # it ends at its last generation, not before
        }
        return ["run", data, "--out", out, "--seed", 1] + [a for key, value in settings.items() for a in ("--set", f"{key}={value}")]

    def copy(self, run, name):
        """Copies a run folder to NAME in the work folder."""
        out = self.folder / name
        shutil.copytree(run, out)
        return out

    def do(self, *arguments):
        """Does something with the program, to its end."""
        done = subprocess.run([self.binary, *map(str, arguments)], capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"{arguments[0]} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def start(self, *arguments):
        """Starts the program, and returns it while it goes on."""
        return Program([self.binary, *map(str, arguments)])


class Program:
    """A program that goes on; left, it is interrupted as by Ctrl-C."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said = []
        self.lines = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def says(self, pattern):
        """Waits for a line, and returns what the group in its pattern is."""
        until = time.monotonic() + PATIENCE
        while True:
            line = self.lines.get(timeout=max(0.0, until - time.monotonic()))
            if line is None:
                raise AssertionError(f"the program ended and did not say {pattern!r}, but: {''.join(self.said)}")
            self.said.append(line)
            if found := re.search(pattern, line):
                return found[1]

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        self.stop()

    def stop(self):
        self.process.send_signal(2)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
