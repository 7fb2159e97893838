// Package dashboard serves the page of runs while they run, and after: that of package page,
// kept up to date in any number of browsers.
//
//	server, err := dashboard.Listen(dashboard.Options{}, "results")
//	fmt.Println(server.URL())
//	err = server.Serve(ctx) // until ctx ends
//
// # What is served
//
// A server is given folders: a run's, or one in which runs lie. Runs that are made in
// such a folder while it serves appear. One that vanishes stays in the list, with a sentence
// that says so. It reads, and changes nothing.
//
//	GET /                         the page, the same for one run and for several
//	GET /runs.json                the list of runs, a page.Summary each
//	GET /run/NAME/document.json   a page.Document, with an ETag
//	GET /events                   server-sent events, below
//
// Nothing else exists, and GET and HEAD are all that is answered. NAME is what the list of runs
// calls a run, escaped as a part of a URL's path: it is looked up in that list and never
// becomes part of a path on disk. Where two folders have the same name, the second one
// is called "results (2)".
//
// # Events
//
// A stream begins with the list of all runs, event "runs". When one changes, its summary
// comes, event "run"; when the list has other runs than before, the whole list comes again. A page
// fetches the document of the run that it shows when the version in its summary is another
// than before.
//
//	event: runs
//	id: 2c26b46b68ffc68f
//	data: [{"name": "results", "version": 1789540000123, "state": {"status": "running", ...
//
//	event: run
//	id: 9f86d081884c7d65
//	data: {"name": "results", "version": 1789540001127, "state": {"status": "running", ...
//
// The id is a checksum of the list as it is after the event. A page that comes back with the newest
// one as its Last-Event-ID is sent nothing until there is news, one with any other the
// whole list: nothing that was missed has to be kept. A comment comes every 15 s, by which both
// ends notice that the other one is gone. A reader that does not take an event within 10 s is
// dropped, not waited for.
//
// A browser opens six connections to a server at most: a page that nobody looks at closes
// its stream, or the seventh would wait for ever; not so if the server goes with the run ([Options].Ends),
// for it would miss the end. [Server.LastLook] waits a little for one whose connection broke.
//
// # What it costs
//
// Files are looked at when the server starts, while a page is open, and for who asks, a run once a second or less
// often: reading it takes at most a twentieth of a core. What has not changed, by the times and sizes of its
// files, is not read again. One reader serves all pages; of documents the compressed bytes are
// kept, and those only while somebody asks for them. A server in the process of a run bounds
// what others can take of it: connections, streams, the length of requests and their time.
//
// # Who may look
//
// The server listens on loopback unless told otherwise. On any other address, or if told, it
// asks for a token of 128 random bits, which is part of the URL that it prints and becomes a
// cookie when that is opened; programs give it as "Authorization: Bearer TOKEN". Names of hosts that it was not given are refused, for a page of
// another site may have its own name lead here (DNS rebinding). Nothing is encrypted: over a
// network that is not your own, go through ssh -L ([Server.Tunnel]).
package dashboard
