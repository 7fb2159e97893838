package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/autolfads/autolfads/dashboard"
	"github.com/autolfads/autolfads/prepare"
)

type dashboardCmd struct {
	Runs   []string `arg:"" name:"run" help:"Run folders, or folders in which runs lie." type:"path"`
	Listen string   `help:"Where to listen, HOST:PORT, or a port of this machine alone; port 0 is any that is free. Without it, port ${port} of this machine alone, or the next that is free." placeholder:"HOST:PORT"`
	Token  bool     `help:"Ask for a token on this machine, too, where other people work on it."`
}

// Help is shown by autolfads dashboard --help.
func (dashboardCmd) Help() string {
	return `Serves the page of runs to a browser and keeps it up to date: scores, who copied whom, hyper-parameters, and when a run has ended
its trials, rates and scores. It reads the run folders and changes nothing; a run may be under way here or on another machine, or
have ended. Several runs stand side by side. Ctrl-C ends it. "autolfads run --dashboard" serves the page beside the run.

Nobody but this machine can look, unless --listen says otherwise: then the URL has a token. From another machine it is best looked at
through ssh: the line to type there is printed.

Examples:
  autolfads dashboard results
  autolfads dashboard results other-results
  autolfads dashboard all-my-runs --listen 8080
  autolfads dashboard results --listen 10.0.0.5:0`
}

func (c *dashboardCmd) Run(ctx context.Context) error {
	for _, dir := range c.Runs {
		if info, err := os.Stat(dir); err != nil {
			return err
		} else if !info.IsDir() {
			return fmt.Errorf("%s is no folder: give a run folder, or a folder of runs", dir)
		}
	}
	server, err := dashboard.Listen(dashboard.Options{Listen: c.Listen, Token: c.Token}, c.Runs...)
	if err != nil {
		return err
	}
	fmt.Println("page:", server.URL())
	if line := server.Tunnel(os.Getenv); line != "" {
		fmt.Printf("from another machine: type there %s and open the same URL\n", line)
	}
	fmt.Println("Ctrl-C ends it")
	return server.Serve(ctx)
}

// dashboardFlag is of commands that drive a run.
type dashboardFlag struct {
	Dashboard bool `help:"Serve the page of the run while it runs, to this machine; see autolfads dashboard."`
}

// beside serves the page of the run in a folder, if it is asked for, until end is called. That it
// cannot is a note: it costs the run nothing.
func (f *dashboardFlag) beside(dir string, note func(string)) (end func()) {
	if !f.Dashboard {
		return func() {}
	}
	server, err := dashboard.Listen(dashboard.Options{}, dir)
	if err != nil {
		note(fmt.Sprintf("the run has no page: %v", err))
		return func() {}
	}
	note("page: " + server.URL())
	if line := server.Tunnel(os.Getenv); line != "" {
		note("from another machine: type there " + line + " and open the same URL")
	}
	ctx, stop := context.WithCancel(context.Background()) // a run that is interrupted ends later, and so does its page
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(ctx); err != nil {
			note(fmt.Sprintf("the run's page has ended: %v", err))
		}
	}()
	return func() {
		server.LastLook()
		stop()
		<-ended
		again := "the page has ended with the run; to look again: " + prepare.Command("autolfads", "dashboard", prepare.Typed(dir))
		report := filepath.Join(dir, "report.html")
		if _, err := os.Stat(report); err == nil {
			again += ", or open " + prepare.Typed(report)
		}
		note(again)
	}
}
