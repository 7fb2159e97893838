package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/autolfads/autolfads"
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

// dashboardFlags are of commands that drive a run.
type dashboardFlags struct {
	Dashboard bool `help:"Serve the page of the run while it runs, to this machine; see autolfads dashboard."`
	Token     bool `name:"dashboard-token" help:"As --dashboard, and ask for a token, where other people work on this machine."`
}

// beside is the page of a run in its own process.
type beside struct {
	flags dashboardFlags
	dir   string
	note  func(string)
	end   func() // nil: it was not opened
}

// beside returns the page of the run in a folder, which is not open yet.
func (f dashboardFlags) beside(dir string, note func(string)) *beside {
	return &beside{flags: f, dir: dir, note: note}
}

// follow has the page opened when the run is in its folder: before, it would show nothing, or another run.
func (b *beside) follow(r autolfads.Resources) autolfads.Resources {
	before := r.Observer.Begun
	r.Observer.Begun = func() {
		if before != nil {
			before()
		}
		b.open()
	}
	return r
}

// open serves the page, if it is asked for, until close is called. That it cannot is a note: it costs the
// run nothing.
func (b *beside) open() {
	if !b.flags.Dashboard && !b.flags.Token {
		return
	}
	server, err := dashboard.Listen(dashboard.Options{Token: b.flags.Token, Ends: true}, b.dir)
	if err != nil {
		b.note(fmt.Sprintf("the run has no page: %v", err))
		return
	}
	b.note("page: " + server.URL())
	if line := server.Tunnel(os.Getenv); line != "" {
		b.note("from another machine: type there " + line + " and open the same URL")
	}
	ctx, stop := context.WithCancel(context.Background()) // a run that is interrupted ends later, and so does its page
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(ctx); err != nil {
			b.note(fmt.Sprintf("the run's page has ended: %v", err))
		}
	}()
	b.end = func() {
		server.LastLook()
		stop()
		<-ended
	}
}

// close ends the page, and says how to look again.
func (b *beside) close() {
	if b.end == nil {
		return
	}
	b.end()
	again := "the page has ended with the run; to look again: " + prepare.Command("autolfads", "dashboard", prepare.Typed(b.dir))
	report := filepath.Join(b.dir, "report.html")
	if _, err := os.Stat(report); err == nil {
		again += ", or open " + prepare.Typed(report)
	}
	b.note(again)
}
