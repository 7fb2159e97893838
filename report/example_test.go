package report_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/report"
	"github.com/autolfads/autolfads/synth"
)

func ExampleSpikesToRates() {
	o := synth.DefaultLorenz()
	o.Conditions, o.TrialsPerCondition = 2, 2
	d, err := synth.Lorenz(o)
	if err != nil {
		fmt.Println(err)
		return
	}
	folder, err := os.MkdirTemp("", "figure")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	rates, err := baseline.Smooth(context.Background(), d.Valid.Recon, 30*time.Millisecond, d.BinWidth)
	if err != nil {
		fmt.Println(err)
		return
	}
	figure := report.SpikesToRates{
		Title:    "Smoothed spikes",
		Subtitle: "Lorenz system, one validation trial",
		BinWidth: d.BinWidth,
		Neurons:  rates.Features,
		Spikes:   d.Valid.Recon.Trial(0),
		Rates:    rates.Trial(0),
		Truth:    d.Valid.Truth.Trial(0),
	}
	fmt.Println(figure.Write(filepath.Join(folder, "rates.png")))
	// Output: <nil>
}
