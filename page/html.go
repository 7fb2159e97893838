package page

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"path"
	"strings"
	"sync"
)

// The page is a skeleton with one element in its body, <main id="page">, which is empty, and
// in which the scripts build everything. Its style is all files assets/*.css and its
// script all files assets/*.js, each in the order of their names, one after the other: scripts
// are classic ones, which share one scope. Both stand in the page itself, named by hash in its
// content security policy: no other script runs, and nothing is asked of any host (a live
// page: of none but its own). Images may be data: and blob: URLs.

//go:embed assets
var assets embed.FS

// Live says where a page without data of its own asks for them. All are URLs relative to the
// page's own, on the same server.
type Live struct {
	Title string `json:"title"` // of the page, as text
	// Document answers with the [Document] of a run in JSON; {name} in it stands for the
	// run's name, as encodeURIComponent writes it.
	Document string `json:"document"` // such as "run/{name}/document.json"
	// Events is a stream of server-sent events: one of type "runs" says which runs there are, at first
	// and when others are (data: a list of [Summary] in JSON), one of type "run" that a run has changed
	// (data: its Summary).
	Events string `json:"events"` // such as "events"
	// Stay has a page that nobody looks at keep its stream: its server goes with the run, and
	// could not be asked later how that ended.
	Stay bool `json:"stay"`
}

// Write writes the page of a document: one HTML file that opens offline and asks nobody for
// anything. The document is in it as JSON, in the element with the id "document".
func Write(w io.Writer, d *Document) error {
	title := d.Name
	if title == "" {
		title = d.Data.Name
	}
	return skeleton{title: title, words: d.Verdict, id: "document", data: d, policy: policy("'none'")}.write(w)
}

// WriteLive writes the page that shows runs while they run. It has l as JSON, in the element
// with the id "live", and asks the server that l names.
func WriteLive(w io.Writer, l Live) error {
	return skeleton{title: l.Title, id: "live", data: l, policy: LivePolicy()}.write(w)
}

// LivePolicy is the content security policy of a live page, for its header, too: a page says
// it itself, but a header holds for frames as well.
func LivePolicy() string { return policy("'self'") }

// policy lets the page's own script and style be, and connections to some hosts.
func policy(connect string) string {
	of := front()
	return strings.Join([]string{
		"default-src 'none'", "script-src '" + of.scriptHash + "'", "style-src '" + of.styleHash + "'", "img-src data: blob:",
		"connect-src " + connect, "base-uri 'none'", "form-action 'none'",
	}, "; ")
}

// built is what draws the page.
type built struct{ style, styleHash, script, scriptHash string }

// front reads what draws the page from the program.
var front = sync.OnceValue(func() (b built) {
	b.style, b.script = joined(".css"), joined(".js")
	b.styleHash, b.scriptHash = hash(b.style), hash(b.script)
	return b
})

// joined is all files of an ending, in the order of their names.
func joined(ending string) string {
	var all strings.Builder
	entries, err := assets.ReadDir("assets")
	if err != nil {
		panic(err) // they are in the program
	}
	for _, e := range entries {
		if path.Ext(e.Name()) != ending {
			continue
		}
		text, err := assets.ReadFile("assets/" + e.Name())
		if err != nil {
			panic(err)
		}
		all.Write(text)
		all.WriteByte('\n')
	}
	return all.String()
}

// hash names a text in a content security policy.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// skeleton is a page around its data.
type skeleton struct {
	title  string
	words  []string // for whoever has no script: what came of the run
	id     string   // of the element with the data
	data   any
	policy string
}

const head = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="%[1]s">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="autolfads">
<title>%[2]s</title>
<link rel="icon" href="data:,">
<style>%[3]s</style>
</head>
<body>
<main id="page"></main>
<noscript>
<h1>%[2]s</h1>
%[4]s<p>This page draws with JavaScript, which is off in this browser.</p>
</noscript>
<script type="application/json" id="%[5]s">`

const tail = `</script>
<script>%s</script>
</body>
</html>
`

// write writes the page. JSON as encoding/json writes it has no character that ends an
// element: < is \u003c there.
func (s skeleton) write(w io.Writer) error {
	of := front()
	var words strings.Builder
	for _, text := range s.words {
		fmt.Fprintf(&words, "<p>%s</p>\n", html.EscapeString(text))
	}
	title := html.EscapeString(s.title)
	if _, err := fmt.Fprintf(w, head, html.EscapeString(s.policy), title, of.style, words.String(), s.id); err != nil {
		return err
	}
	if err := json.NewEncoder(w).Encode(s.data); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, tail, of.script)
	return err
}
