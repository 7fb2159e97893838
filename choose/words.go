package choose

import (
	"fmt"

	"github.com/autolfads/autolfads/run"
)

// Words says what was chosen, among what, and what became of means that were not.
func Words(c *run.Choice) []string {
	chosen := c.Chosen()
	text := fmt.Sprintf("Chosen among %d models, each scored anew by %s of every validation trial: %s (validation loss %s%s).",
		len(c.Finalists), draws(c.Draws), named(chosen), loss(chosen), beside(c))
	sentences := []string{text}
	for i := range c.Finalists {
		if f := &c.Finalists[i]; f.Kind == run.KindMean && !f.Chosen {
			sentences = append(sentences, fmt.Sprintf("Not chosen: the %s, whose validation loss is %s, %s.", f, loss(f), worse(f)))
		}
	}
	for _, why := range c.LeftOut {
		sentences = append(sentences, "Left out of the mean: "+why+".")
	}
	return sentences
}

func draws(n int) string {
	if n == 1 {
		return "one posterior draw"
	}
	return fmt.Sprintf("%d posterior draws", n)
}

// beside tells the chosen one from who would have been chosen else: a mean from the best of
// its members, a member from the search's best.
func beside(c *run.Choice) string {
	chosen := c.Chosen()
	for i := range c.Finalists {
		f := &c.Finalists[i]
		switch {
		case f.Chosen || f.Kind == run.KindMean:
		case chosen.Kind == run.KindMean && f.Place == chosen.Place:
			return fmt.Sprintf("; its best member by the search's scores, member %d: %s, %s", f.Member, loss(f), worse(f))
		case chosen.Kind != run.KindMean && i == 0:
			return fmt.Sprintf("; the search's best, %s: %s, %s", f, loss(f), worse(f))
		}
	}
	return ""
}

func named(f *run.Finalist) string {
	if f.Kind == run.KindMean {
		return "the " + f.String()
	}
	return f.String()
}

func loss(f *run.Finalist) string { return fmt.Sprintf("%.5f", float64(*f.FinalScore)) }

// worse says by how much a finalist is worse than the chosen one.
func worse(f *run.Finalist) string {
	text := fmt.Sprintf("worse by %.2g", float64(*f.Worse))
	if f.Error != nil {
		text += fmt.Sprintf(" ± %.1g", float64(*f.Error))
	}
	return text
}
