package page_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// forbidden are what scripts and styles of the page must not have: what makes markup or code of
// text, what a content security policy without exceptions stops, what asks another host, and
// what ends the element that they stand in.
var forbidden = map[string]*regexp.Regexp{
	"makes markup of text":        regexp.MustCompile(`\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser)\b`),
	"makes code of text":          regexp.MustCompile(`\b(eval|Function)\(|setTimeout\(['"]|javascript:`),
	"sets what the policy stops":  regexp.MustCompile(`\bstyle: ?['"{]|setAttribute\('(style|on\w+)'|@import`),
	"asks another host":           regexp.MustCompile(`\b(https?|wss?):|url\(['"]?[a-z/]`),
	"ends its element":            regexp.MustCompile(`(?i)</(script|style)|<!--`),
	"asks what no page may await": regexp.MustCompile(`\b(alert|confirm|prompt)\(|XMLHttpRequest|serviceWorker`),
}

// The one address is a name, which nobody fetches.
const svgName = "http://www.w3.org/2000/svg"

const mostLines = 300 // of a file, as of Go

func TestAssetsAreSafeAndShort(t *testing.T) {
	paths, err := filepath.Glob("assets/*.[cj]s*")
	if err != nil || len(paths) < 10 {
		t.Fatal("no assets found:", paths, err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range faultsOf(path, string(text)) {
			t.Errorf("%s %s", path, fault)
		}
	}
}

func faultsOf(path, text string) (faults []string) {
	if n := strings.Count(text, "\n"); n > mostLines && !strings.HasSuffix(path, ".css") {
		faults = append(faults, "is longer than a reader likes")
	}
	if strings.HasSuffix(path, ".js") && !strings.HasPrefix(text, "'use strict';\n\n//") {
		faults = append(faults, "does not begin with 'use strict' and what it is for")
	}
	code := strings.ReplaceAll(withoutComments(text), svgName, "")
	for what, pattern := range forbidden {
		if at := pattern.FindString(code); at != "" {
			faults = append(faults, what+": "+at)
		}
	}
	return faults
}

// declared finds what a script declares for all the others, with which it shares one scope.
var declared = regexp.MustCompile(`(?m)^(?:async )?(?:function\*?|const|let|class) (\w+)`)

func TestAssetsDeclareNothingTwice(t *testing.T) {
	paths, err := filepath.Glob("assets/*.js")
	if err != nil {
		t.Fatal(err)
	}
	where := map[string]string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range declared.FindAllStringSubmatch(string(text), -1) {
			if other := where[found[1]]; other != "" {
				t.Errorf("%s and %s both declare %s", other, path, found[1])
			}
			where[found[1]] = path
		}
	}
	if where["begin"] == "" || where["Panel"] == "" || where["picked"] == "" || where["askDocument"] == "" {
		t.Error("declarations are not found:", len(where))
	}
}

// withoutComments leaves out lines that are comments.
func withoutComments(text string) string {
	var code []string
	for _, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(strings.TrimSpace(line), "//") {
			code = append(code, line)
		}
	}
	return strings.Join(code, "\n")
}

// The rules see what they are for.
func TestAssetRulesSeePlantedFaults(t *testing.T) {
	const begin = "'use strict';\n\n// A file.\n"
	for _, planted := range []string{
		"node.innerHTML = name;", "eval(name);", "new Function(name)", "el('p', { style: 'color: red' })", "node.setAttribute('style', s);",
		"fetch('https://example.org');", "'</script>'", "alert(1)", "background: url(/logo.png);", "@import 'other.css';",
	} {
		if len(faultsOf("planted.js", begin+planted+"\n")) == 0 {
			t.Errorf("%s is not found", planted)
		}
	}
	if faults := faultsOf("planted.js", begin+"// innerHTML is not used\nfetch(url); fill: url(#clip);\n"); faults != nil {
		t.Error(faults)
	}
	if faultsOf("planted.js", "x = 1;\n") == nil {
		t.Error("a file without strict mode is not found")
	}
}
