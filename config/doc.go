// Package config holds everything that can be configured, by key: what
// --set KEY=VALUE and a YAML file change and run.yaml keeps.
//
// A key's setting lives in the room that it configures (model.* in lfads,
// train.* in train, pbt.* in pbt, infer.* in infer); struct tags at its field
// say its key, what it is known as elsewhere and which searches can draw it.
// This package puts them together: reads and changes them by name, checks them
// with each other and with a recording, and turns them into the decisions of a
// search. It knows nothing of run folders.
package config
