package testenv

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

// Judge has a Python script answer questions, in order: each is a line of JSON on
// its standard input, each answer one on its standard output.
func Judge[Answer, Question any](t testing.TB, python, script string, questions []Question) []Answer {
	t.Helper()
	if len(questions) == 0 {
		return nil
	}
	var in bytes.Buffer
	lines := json.NewEncoder(&in)
	for _, q := range questions {
		if err := lines.Encode(q); err != nil {
			t.Fatal(err)
		}
	}
	judge := exec.Command(python, script)
	judge.Stdin, judge.Stderr = &in, os.Stderr
	out, err := judge.Output()
	var answers []Answer
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var a Answer
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		answers = append(answers, a)
	}
	if err != nil || len(answers) != len(questions) {
		t.Fatalf("%s: %d answers to %d questions, %v", script, len(answers), len(questions), err)
	}
	return answers
}

// Number returns a whole number of the environment, or the usual one if it is not
// set there.
func Number(t testing.TB, name string, usual int) int {
	t.Helper()
	s := os.Getenv(name)
	if s == "" {
		return usual
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatalf("%s=%s is not a whole number", name, s)
	}
	return n
}
