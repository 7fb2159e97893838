package table

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// all reads a whole table: its names, then a line for each row.
func all(r io.Reader) (names []string, rows []string, err error) {
	t, err := NewReader(r)
	if err != nil {
		return nil, nil, err
	}
	for {
		fields, err := t.Next()
		if errors.Is(err, io.EOF) {
			return t.Names, rows, nil
		}
		if err != nil {
			return t.Names, rows, err
		}
		rows = append(rows, fmt.Sprintf("%d:%s", t.Line(), strings.Join(texts(fields), "|")))
	}
}

func texts(fields [][]byte) (s []string) {
	for _, f := range fields {
		s = append(s, string(f))
	}
	return s
}

func TestRows(t *testing.T) {
	for text, c := range map[string]struct{ names, rows string }{
		"a,b\n1,2\n3,4\n":                   {"a b", "2:1|2 3:3|4"},
		"a,b\r\n1,2\r\n\r\n3,4":             {"a b", "2:1|2 4:3|4"},
		"\xef\xbb\xbfa;b\n1,5;2\n":          {"a b", "2:1,5|2"},
		"ort,x\nfür,1\n":                    {"ort x", "2:für|1"},
		"1\t2\n3\t4\n":                      {"", "1:1|2 2:3|4"},
		"# x y\n# made by hand\n1 2\n":      {"", "3:1|2"},
		"# made today\n# x y\n1 2\n":        {"x y", "3:1|2"},
		"a,b\n\"x\ny\",2\n3,4\n":            {"a b", "2:x\ny|2 4:3|4"},
		"a,b\n\"say \"\"go\"\"\",\"1,2\"\n": {"a b", "2:say \"go\"|1,2"},
		"a,b\n,\n#,1\n , 2\n":               {"a b", "2:| 4:|2"},
		"a,b\nx;y,1\nz,2\n":                 {"a b", "2:x;y|1 3:z|2"},
		"name\nx\n":                         {"name", "2:x"},
	} {
		for what, r := range map[string]io.Reader{"whole": strings.NewReader(text), "bytewise": iotest.OneByteReader(strings.NewReader(text))} {
			names, rows, err := all(r)
			if err != nil || strings.Join(names, " ") != c.names || strings.Join(rows, " ") != c.rows {
				t.Errorf("%q %s: names %q, rows %q, %v; want %q, %q", text, what, names, rows, err, c.names, c.rows)
			}
		}
	}
}

// A table much longer than what decides on its form comes whole, and its lines may
// be longer than the buffer.
func TestLongTables(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,what\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "%d,%s\n", i, strings.Repeat("x", 1+(i%4000)/3999*200_000))
	}
	_, rows, err := all(strings.NewReader(b.String()))
	if err != nil || len(rows) != 20_000 || len(rows[3999]) < 200_000 || rows[19_998] != "20000:19998|x" {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
}

func TestRefused(t *testing.T) {
	for text, says := range map[string]string{
		"":                                     "empty",
		"# only\n":                             "no rows",
		"\xfe\xff\x00a":                        "iconv",
		"a,b\x00\n1,2\n":                       "bytes of 0",
		"a,b\r1,2\r":                           "tr '\\r' '\\n'",
		"a,b\n1,0,5\n":                         "decimal commas need",
		"unit,time [\xb5s]\n1,2\n":             "not in UTF-8",
		strings.Repeat("n", 300) + ",b\n1,2\n": "the name of column 1 has 300 bytes",
		"a,b\n1,2,3\n":                         "line 2 has 3 fields, the lines before it have 2",
		"a,b\n1,\"2\n" + "3,4\n":               "line 2 has a quote that is not closed",
		"a\n" + strings.Repeat("1", 2<<20):     "line 2 has more than",
		"a\n\"" + strings.Repeat("\n", 2<<20):  "line 2 has a quote that is not closed",
	} {
		if _, _, err := all(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%.20q: %v, want %q", text, err, says)
		}
	}
	if _, _, err := all(io.MultiReader(strings.NewReader("a,b\n1,2\n"), iotest.ErrReader(io.ErrClosedPipe))); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("the reader's own error became %v", err)
	}
}

func TestNumbers(t *testing.T) {
	point := &Reader{decimal: '.'}
	comma := &Reader{decimal: ','}
	for _, c := range []struct {
		r     *Reader
		field string
		want  float64
		ok    bool
	}{
		{point, "0.1", .1, true},
		{point, "-1e-3", -.001, true},
		{point, "9007199254740993", 9007199254740992, true},
		{point, "2.2250738585072011e-308", 2.2250738585072011e-308, true},
		{point, "", math.NaN(), true},
		{point, "NaN", math.NaN(), true},
		{point, "n/a", math.NaN(), true},
		{point, "inf", math.Inf(1), true},
		{point, "1,5", 0, false},
		{point, "0x10", 0, false},
		{point, "1_000", 0, false},
		{point, "1e999", 0, false},
		{point, "1 000", 0, false},
		{comma, "1,5", 1.5, true},
		{comma, "1.5", 1.5, true},
		{comma, "1.000,5", 0, false},
		{comma, "1,000,5", 0, false},
	} {
		v, ok := c.r.Number([]byte(c.field))
		if ok != c.ok || ok && v != c.want && !(v != v && c.want != c.want) {
			t.Errorf("%q: %v, %v", c.field, v, ok)
		}
	}
}

// Rows cost no memory of their own.
func TestMemory(t *testing.T) {
	r, err := NewReader(strings.NewReader("a,b\n" + strings.Repeat("12,0.375\n", 10_000)))
	if err != nil {
		t.Fatal(err)
	}
	if got := testing.AllocsPerRun(5000, func() {
		fields, err := r.Next()
		if v, ok := r.Number(fields[1]); err != nil || !ok || v != .375 {
			t.Fatal(v, err)
		}
	}); got > 0 {
		t.Errorf("%g allocations a row", got)
	}
}

// FuzzReader looks for text that makes the reader panic, and holds it to rows of
// as many fields.
func FuzzReader(f *testing.F) {
	for _, text := range []string{"a,b\n1,2\n", "# x y\n1 2\n", "\xef\xbb\xbfa;b\r\n1,5;\"2\n\"\r\n", "1\t2"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		names, rows, _ := all(strings.NewReader(text))
		for _, row := range rows {
			if n := strings.Count(row, "|"); names != nil && n < len(names)-1 {
				t.Errorf("%q: %d fields of %d", row, n+1, len(names))
			}
		}
		if slices.Contains(names, "\x00") {
			t.Error("a name of a zero")
		}
	})
}
