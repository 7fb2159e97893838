package report

// modelName is what figures of a run call its model.
const modelName = "LFADS"

// drawPSTHs draws means by condition, if trials have conditions and the data are counts.
func (f *Figures) drawPSTHs(path string) (drawn bool, err error) {
	if f.Rates == nil {
		return false, nil
	}
	p, err := PSTHsOf(f.Dataset, f.Dataset.Valid, []Estimate{{Name: modelName, Rates: f.Rates}}, f.PSTHKernel)
	return drawIf(path, p, err)
}

// drawTrajectories draws behaviour in its plane, as measured and as decoded.
func (f *Figures) drawTrajectories(path string) (drawn bool, err error) {
	p, err := TrajectoriesOf(f.Dataset, f.Dataset.Valid, []Estimate{{Name: modelName, Decoded: f.Decoded}})
	return drawIf(path, p, err)
}

// drawScores draws the scores of the model beside those of its rivals, if it has any.
func (f *Figures) drawScores(path string) (drawn bool, err error) {
	dots := DotsOf(f.Dataset, modelName, f.Scores)
	if dots == nil || len(dots.Methods) < 2 {
		return false, nil
	}
	return true, dots.Write(path)
}
