package autolfads

import "fmt"

// leastDraws is how many draws an interval of 95 % is made of at least: the tails beyond
// it hold a few.
const leastDraws = 100

// checkDraws refuses too few draws for an interval; 0 asks for none.
func checkDraws(draws int) error {
	if draws != 0 && draws < leastDraws {
		return fmt.Errorf("--draws %d: intervals of 95 %% need %d draws or more; 0 leaves intervals out", draws, leastDraws)
	}
	return nil
}

// checkFewShot refuses numbers of trials of which nothing is learned.
func checkFewShot(trials []int) error {
	for _, k := range trials {
		if k < 1 {
			return fmt.Errorf("--few-shot %d: it is a number of training trials to learn from, 1 or more", k)
		}
	}
	return nil
}
