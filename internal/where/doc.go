// Package where tells which rows of a table a condition on its columns is true for:
//
//	split == "train" && result == "R" && duration < 2
//
// The language is that of github.com/expr-lang/expr, a condition of one value alone:
// it knows the row's columns and a few functions, and reaches nothing else.
//
//   - Numbers compare with numbers (==, !=, <, <=, >, >=, also 1 < x < 2), words with
//     words in quotes, flags with true and false. A word beside a number is an error,
//     not false.
//   - && || ! (or and, or, not) put conditions together; x in ["a", "b"] and
//     x in [1, 2] ask for one of several; words have contains, startsWith, endsWith
//     and matches (a regular expression).
//   - A number that is not known (NaN) is in no comparison but !=, as in Go and
//     NumPy; known(x) asks for it, and for words that are not empty.
//   - A column whose name is not one word is written col("target on"); one that holds
//     lists by place: target_pos[0], of which there are len(target_pos).
//   - abs, ceil, floor, int, lower, max, min, round, trim and upper are functions.
package where
