// Package usage tells shells and manuals what a command line takes. Both are made of the model
// that parses it (kong's), so that they name what is there and nothing is said twice.
//
// # Completion
//
// A shell's own script, [Script], is a few lines: at each TAB it asks the program itself,
//
//	autolfads __complete run recording.h5 --search p
//
// for what may stand in the place of the last word. [Complete] answers: commands, flags, values of an
// enumeration, or that names of files may stand there, which the shell knows best. A flag or an
// argument whose values are a list that no enumeration holds names it in a tag:
//
//	Preset string `help:"..." complete:"presets"`
//
// # Manual pages
//
// [Manual.Page] writes the page of a command in man's macros: what it does, its arguments and flags, the
// examples of its help, and what is the same for all commands: exit statuses, files, variables of
// the environment.
//
// The long help of a command is text in paragraphs, with lines that begin with two blanks to be
// left as they are, and in the end "Examples:" with a command a line; [Split] takes it apart.
package usage
