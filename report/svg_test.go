package report

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

// svgFile is what an SVG file holds.
type svgFile struct {
	texts  []string
	images [][]byte
	paths  int
	bytes  []byte
}

// has reports whether all these are texts of the drawing.
func (d *svgFile) has(texts ...string) bool {
	return !slices.ContainsFunc(texts, func(s string) bool { return !slices.Contains(d.texts, s) })
}

// svg draws a figure as SVG and reads it.
func svg(t *testing.T, f figure) *svgFile {
	t.Helper()
	path := filepath.Join(t.TempDir(), "figure.svg")
	if err := f.Write(path); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d := &svgFile{bytes: file}
	for x := xml.NewDecoder(bytes.NewReader(file)); ; {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			return d
		}
		if err != nil {
			t.Fatalf("%T: %v", f, err)
		}
		if e, ok := token.(xml.StartElement); ok {
			d.add(t, x, e)
		}
	}
}

// add takes in an element.
func (d *svgFile) add(t *testing.T, x *xml.Decoder, e xml.StartElement) {
	t.Helper()
	switch e.Name.Local {
	case "text":
		var s string
		if err := x.DecodeElement(&s, &e); err != nil {
			t.Fatal(err)
		}
		d.texts = append(d.texts, s)
	case "path":
		d.paths++
	case "image":
		at := slices.IndexFunc(e.Attr, func(a xml.Attr) bool { return a.Name.Local == "href" })
		of, found := strings.CutPrefix(e.Attr[at].Value, "data:image/png;base64,")
		image, err := base64.StdEncoding.DecodeString(of)
		if !found || err != nil {
			t.Fatalf("an image is %.40s, %v", e.Attr[at].Value, err)
		}
		d.images = append(d.images, image)
	}
}

// Text is text, maps and rasters are images, and the same data give the same file.
func TestSVG(t *testing.T) {
	for _, c := range []struct {
		figure figure
		texts  []string
		images int // maps, rasters of trials and colour bars
	}{
		{trial(), []string{"Title", "Time (ms)", "Neuron 1", "spikes/s", "Firing rate (spikes/s)", "true", "inferred"}, 4},
		{velocityTrials(), []string{"Trial 1", "Time from go (ms)", "in mm/s", "measured", "decoded from rates"}, 5},
		{few(), []string{"Spikes", "Mean of each", "Trials"}, 4},
		{search(t), []string{"Score", "Generation", "train.a"}, 0},
	} {
		d := svg(t, c.figure)
		if !d.has(c.texts...) {
			t.Errorf("%T: texts are %q, want %q among them", c.figure, d.texts, c.texts)
		}
		if len(d.images) != c.images {
			t.Errorf("%T: %d images, want %d", c.figure, len(d.images), c.images)
		}
		for _, image := range d.images {
			if _, err := png.Decode(bytes.NewReader(image)); err != nil {
				t.Errorf("%T: an image: %v", c.figure, err)
			}
		}
		if again := svg(t, c.figure); !bytes.Equal(d.bytes, again.bytes) {
			t.Errorf("%T: two files of the same data differ", c.figure)
		}
	}
}

// What a file calls things may hold what XML cannot.
func TestSVGOfAnyText(t *testing.T) {
	f := trial()
	f.Title, f.Subtitle = "a<b>&\"c\"\x00\x1b", "d\xffe\uFFFE"
	if d := svg(t, f); !d.has("a<b>&\"c\"  ", "d\uFFFDe ") {
		t.Errorf("texts are %q", d.texts)
	}
}

// A figure is what its name's ending says; of another ending it is none.
func TestEndings(t *testing.T) {
	for path, begins := range map[string]string{"a.png": "\x89PNG", "b.SVG": "<?xml"} {
		path = filepath.Join(t.TempDir(), path)
		if err := trial().Write(path); err != nil {
			t.Fatal(err)
		}
		if file, err := os.ReadFile(path); err != nil || !bytes.HasPrefix(file, []byte(begins)) || CheckPath(path) != nil {
			t.Errorf("%s begins with %.8q, %v", path, file, err)
		}
	}
	for _, path := range []string{"a.pdf", "a", "png"} {
		if err := CheckPath(path); err == nil || !strings.Contains(err.Error(), path+": ") || !strings.Contains(err.Error(), ".svg") {
			t.Errorf("%s: %v", path, err)
		}
		if err := trial().Write(filepath.Join(t.TempDir(), path)); err == nil {
			t.Errorf("%s was written", path)
		}
	}
}

// Paper is white where nothing is drawn, as in PNG.
func TestSVGPaper(t *testing.T) {
	var b bytes.Buffer
	if _, err := newVectors(vg.Length(10)).WriteTo(&b); err != nil || !strings.Contains(b.String(), `L800,10L0,10Z" style="fill:#FFFFFF"`) {
		t.Errorf("%v\n%s", err, b.String())
	}
}
