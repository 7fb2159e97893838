package dashboard

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// Options of a server. The zero value listens on loopback.
type Options struct {
	// Listen is "host:port", or a port of loopback alone; port 0 is any that is free. "": DefaultPort of loopback,
	// or the next that is free.
	Listen string
	Token  bool // ask for a token on loopback, too, where other users of the machine can look
	Ends   bool // the server goes with what it shows: pages keep their streams behind other tabs, too, so that they see the end

	limits *limits // nil: usual
}

// limits are what others may take of this process, and how it looks at files.
type limits struct {
	open  func(dir string) source // of a run
	every time.Duration           // at the least, between two looks at the files of a run
	again time.Duration           // between two readings of a run under way though no file has changed: its process may have been killed
	keep  time.Duration           // of a document that nobody asks for
	last  time.Duration           // for pages to fetch how a run ended
	seen  time.Duration           // one whose stream ended so long ago is waited for in the end,
	back  time.Duration           // so long

	request     time.Duration // at the most, for a request to arrive
	answer      time.Duration // and for an answer to be taken: documents have some MB, and links may be slow
	event       time.Duration // and for an event to be taken
	idle        time.Duration // for a connection without requests
	beat        time.Duration // between two comments in a stream
	streams     int           // that are open at a time
	connections int           // that are open at a time, of streams and else
}

// usual limits. A person reads a page in tens of seconds; many more pages than these are a
// mistake, and files that a run needs for itself (1,024 is a usual limit of a process) stay free.
var usual = limits{
	open: openPage, every: time.Second, again: 10 * time.Second, keep: time.Minute, last: 2 * time.Second, seen: 15 * time.Minute, back: 5 * time.Second,
	request: 10 * time.Second, answer: 2 * time.Minute, event: 10 * time.Second, idle: time.Minute, beat: 15 * time.Second,
	streams: 256, connections: 384,
}

// The longest request: a name of a run has 255 bytes at most, and nine for each when all must be
// replaced and escaped.
const (
	longestURL    = 4 << 10
	longestHeader = 16 << 10 // bytes; browsers send about one thousand
)

// Server serves the page of runs.
type Server struct {
	address  address
	limits   *limits
	listener net.Listener
	board    *board
	page     *answer
	token    string // "": none is asked for
	streams  chan struct{}
	left     atomic.Int64 // when a stream ended last, in Unix nanoseconds; 0: none has

	connections counter
}

// Listen makes a server of folders, each of a run or of several, and has it listen.
// Folders that are not there yet are waited for. Nothing is answered before [Server.Serve].
func Listen(o Options, folders ...string) (*Server, error) {
	s := &Server{limits: cmp.Or(o.limits, &usual)}
	var err error
	if s.page, err = livePage(folders, o.Ends); err != nil {
		return nil, err
	}
	if s.board, err = newBoard(s.limits, folders); err != nil {
		return nil, err
	}
	if s.listener, s.address, err = listen(o.Listen); err != nil {
		return nil, err
	}
	if o.Token || !s.address.loopback {
		s.token = rand.Text()
	}
	s.connections.most = s.limits.connections
	s.streams = make(chan struct{}, s.limits.streams)
	return s, nil
}

// URL is where the page is, with the token if there is one.
func (s *Server) URL() string { return s.address.url(s.token) }

// Serve answers until ctx ends, and then leaves at once, whoever looks.
func (s *Server) Serve(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	server := &http.Server{
		Handler:           s.handler(),
		ReadHeaderTimeout: s.limits.request, ReadTimeout: s.limits.request,
		WriteTimeout: s.limits.answer, IdleTimeout: s.limits.idle,
		MaxHeaderBytes:               longestHeader,
		DisableGeneralOptionsHandler: true, // OPTIONS * is refused as all else
		ConnState:                    s.connections.state,
		ErrorLog:                     log.New(io.Discard, "", 0), // what strangers send is no news for who looks at a terminal
	}
	defer context.AfterFunc(ctx, func() { server.Close() })()
	read := make(chan struct{})
	go func() {
		defer close(read)
		s.board.keep(ctx)
	}()
	err := server.Serve(s.listener)
	stop()
	<-read
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// LastLook has pages see how things ended, before what Serve goes by does: runs are looked at at once, and
// pages have two seconds to fetch what is new. If none is open, but one was in the last quarter of an hour, whose
// connection broke, it has five seconds to come back. If none was, nothing is done.
func (s *Server) LastLook() {
	open := func() bool { return len(s.streams) > 0 }
	if !open() && time.Since(time.Unix(0, s.left.Load())) > s.limits.seen {
		return
	}
	s.board.lookNow()
	for began := time.Now(); !open() && time.Since(began) < s.limits.back; {
		time.Sleep(settle)
	}
	if open() {
		time.Sleep(s.limits.last)
	}
}
