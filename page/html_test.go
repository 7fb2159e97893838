package page

import (
	"bytes"
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"testing"
)

const hostile = `<script>alert(1)</script>`

// What is a name is text wherever it stands: no name begins an element, and the data come out
// of the page as they went in.
func TestNamesAreText(t *testing.T) {
	d := madeUp()
	d.Name, d.Data.Name, d.Verdict[0] = hostile, hostile, hostile+"</title><!--"
	d.Sample.Conditions[0].Name, d.Sample.Neurons[0].Name = hostile, "</script><script>"
	text := written(t, d)
	scripts := regexp.MustCompile(`(?i)<script`).FindAllString(text, -1)
	if len(scripts) != 2+strings.Count(front().script, "<script") {
		t.Errorf("%d scripts begin in the page, want the data and the program", len(scripts))
	}
	if strings.Contains(text, "<!--") || !strings.Contains(text, "<title>"+html.EscapeString(hostile)+"</title>") {
		t.Error("the title is not the name as text")
	}
	var back Document
	if err := json.Unmarshal([]byte(dataOf(t, text, "document")), &back); err != nil {
		t.Fatal(err)
	}
	if back.Name != hostile || back.Sample.Neurons[0].Name != d.Sample.Neurons[0].Name || back.Verdict[0] != d.Verdict[0] {
		t.Errorf("names come back as %q, %q, %q", back.Name, back.Sample.Neurons[0].Name, back.Verdict[0])
	}
}

func written(t *testing.T, d *Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// dataOf is the JSON in a page.
func dataOf(t *testing.T, text, id string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, `<script type="application/json" id="`+id+`">`)
	data, _, closed := strings.Cut(rest, "</script>")
	if !ok || !closed {
		t.Fatalf("no data called %s in the page", id)
	}
	return data
}

// The policy of a page names the script and the style that are in it, and nothing else: what
// it names is what a browser makes of the text between the tags.
func TestPolicy(t *testing.T) {
	var live bytes.Buffer
	if err := WriteLive(&live, Live{Title: hostile, Document: "run/{name}/document.json", Events: "events"}); err != nil {
		t.Fatal(err)
	}
	for text, connect := range map[string]string{written(t, madeUp()): "'none'", live.String(): "'self'"} {
		_, rest, _ := strings.Cut(text, `http-equiv="Content-Security-Policy" content="`)
		quoted, _, _ := strings.Cut(rest, `"`)
		policy := html.UnescapeString(quoted)
		for _, want := range []string{
			"default-src 'none'; ", "connect-src " + connect + "; ", "base-uri 'none'; ", "form-action 'none'",
			"script-src '" + hash(between(t, text, "</script>\n<script>", "</script>")) + "'; ", "style-src '" + hash(between(t, text, "<style>", "</style>")) + "'; ",
		} {
			if !strings.Contains(policy, want) {
				t.Errorf("the policy is %q, and lacks %q", policy, want)
			}
		}
		for _, loose := range []string{"unsafe", "http:", "https:", "*"} {
			if strings.Contains(policy, loose) {
				t.Errorf("the policy lets %q: %q", loose, policy)
			}
		}
	}
	var l Live
	if err := json.Unmarshal([]byte(dataOf(t, live.String(), "live")), &l); err != nil || l.Title != hostile || l.Events != "events" {
		t.Errorf("a live page's data are %+v, %v", l, err)
	}
}

func between(t *testing.T, text, begin, end string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, begin)
	inner, _, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("nothing between %q and %q", begin, end)
	}
	return inner
}

// Nothing that draws the page would end its own element, or asks another host for anything.
func TestFrontEnd(t *testing.T) {
	for name, text := range map[string]string{"script": front().script, "style": front().style} {
		for _, bad := range []string{"</script", "</style", "<!--", "@import", "import(", "eval(", "new Function", "XMLHttpRequest", "WebSocket", "sendBeacon"} {
			if strings.Contains(text, bad) {
				t.Errorf("the %s has %q", name, bad)
			}
		}
		for _, url := range regexp.MustCompile(`https?://[^\s"'`+"`"+`)]+`).FindAllString(text, -1) {
			if !strings.HasPrefix(url, "http://www.w3.org/") { // names of SVG and its like, which nobody asks
				t.Errorf("the %s names %s", name, url)
			}
		}
	}
}
