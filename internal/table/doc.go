// Package table reads tables of text as laboratories have them: fields parted by
// commas, semicolons, tabs or spaces, with or without a line of names, perhaps with
// decimal commas.
//
//	r, err := table.NewReader(file)
//	for {
//		fields, err := r.Next() // io.EOF at the end
//		v, ok := r.Number(fields[1])
//	}
//
// What parts fields, whether there are names and which sign numbers have is found
// out from the first 64 KiB. Rows are read one at a time, so that a table of any
// size takes little memory. Text is UTF-8, with or without a byte-order mark; lines
// end as on any system; quotes and comments (#) are understood.
//
// A table is never trusted: whatever its bytes are, there are rows or an error that
// names the line.
package table
