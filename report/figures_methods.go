package report

import "context"

// modelName is what figures of a run call its model.
const modelName = "LFADS"

// drawPSTHs draws means by condition, if trials have conditions and the data are counts.
func (f *Figures) drawPSTHs(ctx context.Context, path string) (drawn bool, err error) {
	if f.Rates == nil {
		return false, nil
	}
	p, err := PSTHsOf(ctx, f.Dataset, f.Dataset.Valid, PSTHSmoothing, []Estimate{{Name: modelName, Rates: f.Rates}})
	if p == nil || err != nil {
		return false, err
	}
	return true, p.Write(path)
}

// drawTrajectories draws movements in a plane, as measured and as decoded.
func (f *Figures) drawTrajectories(path string) (drawn bool, err error) {
	p, err := TrajectoriesOf(f.Dataset, f.Dataset.Valid, []Estimate{{Name: modelName, Decoded: f.Decoded}})
	if p == nil || err != nil {
		return false, err
	}
	return true, p.Write(path)
}
