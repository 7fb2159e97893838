package main

// scoreWord is what a score is called that is of such trials: "" those that validate.
// One of trials that were trained on is a loss, and says nothing of others.
func scoreWord(of string) string {
	if of == "" {
		return "score"
	}
	return "training loss"
}

// bestWord is what the best score of several is called.
func bestWord(of string) string {
	if of == "" {
		return "best score"
	}
	return "lowest " + scoreWord(of)
}

// soFar introduces the score of the model that a run has come to.
func soFar(of string) string {
	if of == "" {
		return "best so far: score"
	}
	return "model so far: " + scoreWord(of)
}
