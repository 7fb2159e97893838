package main

import (
	"fmt"
	"strings"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/internal/settings"
)

// printScores prints each score, with those of smoothing and of the true rates
// beside it.
func printScores(o *autolfads.Outcome) {
	for _, f := range o.Scores {
		line := fmt.Sprintf("  %-28s %8.4f %s", f.Name, f.Value, f.Unit)
		if len(f.PerOutput) > 1 {
			line += fmt.Sprintf(" (%s)", numbers(f.PerOutput))
		}
		if f.Smoothing != nil {
			line += fmt.Sprintf(", smoothed spikes %.4f", *f.Smoothing)
		}
		if f.Best != nil {
			line += fmt.Sprintf(", true rates %.5f", *f.Best)
		}
		fmt.Println(line)
		if f.Note != "" {
			fmt.Printf("  %28s %s\n", "", f.Note)
		}
	}
}

func numbers(x []float64) string {
	texts := make([]string, len(x))
	for i, v := range x {
		texts[i] = fmt.Sprintf("%.4f", v)
	}
	return strings.Join(texts, ", ")
}

// setOne carries out one --set KEY=VALUE.
func setOne(config any, text string) error {
	key, value, ok := strings.Cut(text, "=")
	if !ok {
		return fmt.Errorf("--set %s: it must be KEY=VALUE, for example --set train.batch_size=128", text)
	}
	if err := settings.Set(config, strings.TrimSpace(key), value); err != nil {
		return fmt.Errorf("--set %s: %w", text, err)
	}
	return nil
}
