// Package verify is what a distrustful party runs on a mirror of a record: it checks
// everything that spec/record.md §10 lists and tells everything that does not fit, each
// with its place. It reads an fs.FS and believes none of it.
package verify
