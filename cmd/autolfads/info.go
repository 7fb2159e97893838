package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
)

type infoCmd struct {
	File string `arg:"" help:"HDF5 data file." type:"path"`
	dataFlags
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Help is shown by autolfads info --help.
func (infoCmd) Help() string {
	return `Reads the layouts of lfads-torch (train_encod_data, train_recon_data, valid_..., ...) and autolfads-tf2 (train_data,
valid_data, ...).

Examples:
  autolfads info recording.h5
  autolfads info lfads_lorenz.h5 --bin-ms 10 --truth-unit hz --json`
}

func (c *infoCmd) Run() error {
	config := c.dataConfig()
	d, err := config.Load(c.File)
	if err != nil {
		return err
	}
	summary := d.Summary()
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(infoLine(summary))
	}
	fmt.Print(summary)
	if oracle, ok := evaluate.Oracle(d); ok {
		fmt.Printf("%-12s %.5f nats per element: the negative log likelihood of the true rates on validation trials\n", "oracle", oracle)
	}
	return nil
}

// infoJSON is what info --json prints.
type infoJSON struct {
	dataset.Summary
	BinMs      *float64 `json:"bin_ms"`       // null: the bin width is not known,
	MeanRateHz *float64 `json:"mean_rate_hz"` // and so neither is this
}

func infoLine(s dataset.Summary) infoJSON {
	line := infoJSON{Summary: s}
	if s.BinWidth > 0 {
		ms := float64(s.BinWidth) / float64(time.Millisecond)
		line.BinMs, line.MeanRateHz = &ms, &s.MeanRateHz
	}
	return line
}
