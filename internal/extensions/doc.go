// Package extensions tries out what docs/extending.md promises: that a likelihood,
// a prior, an augmentation, a baseline or a way to exploit is one new file, one line of
// registration and one row of docs, and that the suite that it inherits finds its
// mistakes.
//
// Each testdata/extensions/NAME.patch is such an addition, with a planted mistake
// beside it in NAME.wrong. The test applies them to a copy of the source, one after
// the other, and runs the tests there. It takes a minute or two, so it runs with
// AUTOLFADS_EXTENSIONS=1 alone: as `make extensions`, and in CI.
package extensions
