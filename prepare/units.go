package prepare

import "fmt"

// UnitOptions say which units are kept.
type UnitOptions struct {
	MinRateHz float64 `json:"min_rate_hz"` // units of a lower rate in the trials kept are left out; 0: none is
}

func (o *UnitOptions) check() error {
	if !(o.MinRateHz >= 0) {
		return fmt.Errorf("the least rate is %g Hz: it must not be negative (--min-rate-hz)", o.MinRateHz)
	}
	return nil
}
