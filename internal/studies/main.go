package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"
)

func main() {
	var c struct {
		Reading   readingCmd   `cmd:"" help:"Spike times of a large NWB file, against h5py."`
		Preparing preparingCmd `cmd:"" help:"Trials of a long recording: how long each part takes."`
		GPFA      gpfaCmd      `cmd:"" name:"gpfa" help:"Gaussian-process factor analysis, against elephant."`
		Missing   missingCmd   `cmd:"" help:"Rates where a recording has gaps: hidden from the model, or filled in."`
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	k := kong.Parse(&c, kong.Name("studies"))
	k.BindTo(ctx, (*context.Context)(nil))
	if err := k.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "studies:", err)
		os.Exit(1)
	}
}
